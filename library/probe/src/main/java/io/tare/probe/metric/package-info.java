/** What is read: its name, its unit, what it means and how a collection changes it. */
@NullMarked
package io.tare.probe.metric;

import org.jspecify.annotations.NullMarked;
