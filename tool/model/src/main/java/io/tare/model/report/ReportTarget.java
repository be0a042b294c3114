package io.tare.model.report;

/** The process as a heading names it. {@code version}, {@code collector} and {@code flags} are empty where unknown. */
public record ReportTarget(long pid, String name, String runtime, String version, String collector, String flags) {}
