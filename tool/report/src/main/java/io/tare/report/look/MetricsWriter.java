package io.tare.report.look;

import java.util.OptionalLong;

/** Writes metrics as text, one block a family, in one of the two dialects that are read. */
public final class MetricsWriter {
  private final StringBuilder out = new StringBuilder();
  private final MetricsDialect dialect;

  public MetricsWriter(MetricsDialect dialect) {
    this.dialect = dialect;
  }

  /** Begins a family of gauges; its samples follow. */
  public MetricsWriter gauges(String name, String help) {
    return family(name, "gauge", help);
  }

  /** Begins a family of that type. A unit must be the name's ending; the samples of a counter end in {@code _total}. */
  public MetricsWriter family(String name, String type, String help) {
    boolean isOpen = dialect == MetricsDialect.OPENMETRICS;
    // The older dialect calls a family of counters like its samples, and knows no units.
    String family = !isOpen && type.equals("counter") ? name + "_total" : name;
    out.append("# TYPE ").append(family).append(' ').append(type).append('\n');
    if (isOpen && name.endsWith("_bytes")) {
      out.append("# UNIT ").append(name).append(" bytes\n");
    }
    out.append("# HELP ").append(family).append(' ').append(escape(help)).append('\n');
    return this;
  }

  /** A sample; {@code labels} are names and values by turns. */
  public MetricsWriter sample(String name, long value, String... labels) {
    return sampleOf(name, Long.toString(value), labels);
  }

  /** A sample whose value is no whole number. */
  public MetricsWriter sample(String name, double value, String... labels) {
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
  public MetricsWriter gauge(String name, String help, OptionalLong value) {
    value.ifPresent(known -> gauges(name, help).sample(name, known));
    return this;
  }

  public String finish() {
    return dialect == MetricsDialect.OPENMETRICS ? out.append("# EOF\n").toString() : out.toString();
  }

  private static String escape(String text) {
    return Clean.line(text).replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
