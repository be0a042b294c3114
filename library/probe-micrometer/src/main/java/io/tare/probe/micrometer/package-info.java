/** The bridge from the probe to Micrometer: one class. */
@NullMarked
package io.tare.probe.micrometer;

import org.jspecify.annotations.NullMarked;
