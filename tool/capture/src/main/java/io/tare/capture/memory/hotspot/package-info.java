/**
 * HotSpot's own structure tables, read from its memory: the tables that its serviceability agent uses. Read
 * {@link io.tare.capture.memory.hotspot.HotspotTables} first, then {@link io.tare.capture.memory.hotspot.Vm}; each walk finds one
 * kind of range.
 */
@NullMarked
package io.tare.capture.memory.hotspot;

import org.jspecify.annotations.NullMarked;
