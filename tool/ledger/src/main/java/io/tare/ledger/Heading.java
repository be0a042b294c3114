package io.tare.ledger;

import io.tare.model.capture.Target;
import io.tare.model.report.ReportTarget;

/** How the process is named at the top of its report. */
final class Heading {
  private Heading() {}

  static ReportTarget of(Evidence evidence) {
    Target target = evidence.capture().target();
    Jvm jvm = evidence.jvm();
    String version = jvm.fact("version").or(() -> jvm.perfString("java.property.java.vm.version"))
        .or(() -> evidence.natives().go().map(go -> go.facts().getOrDefault("version", "")))
        .or(() -> evidence.natives().python().map(python -> python.facts().getOrDefault("version", "")))
        .orElse("");
    return new ReportTarget(target.pid(), target.name(), target.runtime().words(), version,
        jvm.fact("collector").orElse(""),
        jvm.perfString("java.rt.vmArgs").orElse(""));
  }
}
