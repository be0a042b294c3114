package io.tare.report.look;

import java.util.Locale;

/** The two forms of text in which metrics are read. */
public enum MetricsDialect {
  OPENMETRICS("application/openmetrics-text", "; version=1.0.0; charset=utf-8"),
  PROMETHEUS_TEXT("text/plain",
      "; version=0.0.4; charset=utf-8");

  private final String type;
  private final String parameters;

  MetricsDialect(String type, String parameters) {
    this.type = type;
    this.parameters = parameters;
  }

  public String contentType() {
    return type + parameters;
  }

  /** What the {@code Accept} of a request likes better. Where it says nothing of either, the older text, which everybody reads. */
  public static MetricsDialect of(String accept) {
    double open = 0;
    double plain = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
      String kind = range.split(";", 2)[0].strip();
      if (kind.equals(OPENMETRICS.type)) {
        open = Math.max(open, weight(range));
      } else if (kind.equals(PROMETHEUS_TEXT.type) || kind.equals("text/*")) {
        plain = Math.max(plain, weight(range));
      }
    }
    return open > plain ? OPENMETRICS : PROMETHEUS_TEXT;
  }

  private static double weight(String range) {
    for (String parameter : range.split(";")) {
      if (parameter.strip().startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.strip().substring(2));
        } catch (NumberFormatException nonsense) {
          return 0;
        }
      }
    }
    return 1;
  }
}
