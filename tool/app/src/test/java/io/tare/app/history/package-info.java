/** The commands over time, as a user meets them. */
package io.tare.app.history;
