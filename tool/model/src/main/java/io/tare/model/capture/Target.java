package io.tare.model.capture;

/**
 * Which process: its pid, the start time in clock ticks since boot (so that a recycled pid is noticed), the command's short
 * name and the kind of runtime.
 */
public record Target(long pid, long startTicks, String name, RuntimeKind runtime) {}
