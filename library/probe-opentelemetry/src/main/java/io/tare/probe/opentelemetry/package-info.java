/** The bridge from the probe to OpenTelemetry: one class. */
@NullMarked
package io.tare.probe.opentelemetry;

import org.jspecify.annotations.NullMarked;
