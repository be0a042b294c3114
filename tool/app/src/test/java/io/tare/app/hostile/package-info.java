/** What others plant, name and send, and what must not come of it. Each of these did its harm once. */
package io.tare.app.hostile;
