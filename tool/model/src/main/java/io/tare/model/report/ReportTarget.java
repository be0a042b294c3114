package io.tare.model.report;

/**
 * The process as a heading names it. {@code version}, {@code collector} and {@code flags} are empty where unknown.
 *
 * @param isCore whether it is gone, and what it left in a core file is weighed
 */
public record ReportTarget(long pid, String name, String runtime, String version, String collector, String flags,
    boolean isCore) {
  public ReportTarget(long pid, String name, String runtime, String version, String collector, String flags) {
    this(pid, name, runtime, version, collector, flags, false);
  }
}
