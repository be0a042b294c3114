package io.tare.report.openmetrics;

import io.tare.report.words.Clean;
import java.util.OptionalLong;

/** Writes OpenMetrics 1.0 text: one block a family, ended by {@code # EOF}. */
final class MetricsWriter {
  private final StringBuilder out = new StringBuilder();

  /** Begins a family of gauges; its samples follow. */
  MetricsWriter gauges(String name, String help) {
    return family(name, "gauge", help);
  }

  /** Begins a family of that type. A unit must be the name's ending. */
  MetricsWriter family(String name, String type, String help) {
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    if (name.endsWith("_bytes")) {
      out.append("# UNIT ").append(name).append(" bytes\n");
    }
    out.append("# HELP ").append(name).append(' ').append(escape(help)).append('\n');
    return this;
  }

  /** A sample; {@code labels} are names and values by turns. */
  MetricsWriter sample(String name, long value, String... labels) {
    return sampleOf(name, Long.toString(value), labels);
  }

  /** A sample whose value is no whole number. */
  MetricsWriter sample(String name, double value, String... labels) {
    return sampleOf(name, Double.toString(value), labels);
  }

  private MetricsWriter sampleOf(String name, String value, String... labels) {
    out.append(name);
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"").append(escape(labels[i + 1])).append('"');
    }
    out.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
    return this;
  }

  /** A family with one sample; nothing where the value is unknown. */
  MetricsWriter gauge(String name, String help, OptionalLong value) {
    value.ifPresent(known -> gauges(name, help).sample(name, known));
    return this;
  }

  String finish() {
    return out.append("# EOF\n").toString();
  }

  private static String escape(String text) {
    return Clean.line(text).replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
