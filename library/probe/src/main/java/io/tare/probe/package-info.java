/**
 * Measures the memory of the process that it runs in. Reading order: {@link io.tare.probe.MemoryStats} with
 * {@link io.tare.probe.metric.Metric}, {@link io.tare.probe.marks.Marks}, {@link io.tare.probe.allocation.Allocations},
 * {@link io.tare.probe.leftovers.LeakProtocol}, {@link io.tare.probe.GcWatch}, {@link io.tare.probe.allocation.Profile}.
 */
@NullMarked
package io.tare.probe;

import org.jspecify.annotations.NullMarked;
