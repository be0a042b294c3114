/**
 * Measures the memory of the process that it runs in. Reading order: {@link io.tare.probe.MemoryStats} with
 * {@link io.tare.probe.Metric}, {@link io.tare.probe.Marks}, {@link io.tare.probe.Allocations},
 * {@link io.tare.probe.LeakProtocol}, {@link io.tare.probe.GcWatch}, {@link io.tare.probe.Profile}.
 */
@NullMarked
package io.tare.probe;

import org.jspecify.annotations.NullMarked;
