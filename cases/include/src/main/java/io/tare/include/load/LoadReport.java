package io.tare.include.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What a load met: arrivals, answers, and latencies in microseconds from the moment of arrival, not of sending. */
public record LoadReport(long arrived, long failed, long turnedAway, double seconds, long bodyBytes, Histogram micros) {
  private static final double MILLI = 1_000;

  public long answered() {
    return micros.getTotalCount();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT,
        "%,d arrived, %,d answered, %,d failed, %,d turned away in %.1f s: %,.0f/s, %,.1f MB%n"
            + "latency ms: p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.2f",
        arrived, answered(), failed, turnedAway, seconds, answered() / seconds, bodyBytes / 1e6, at(50), at(90), at(99),
        at(99.9), micros.getMaxValue() / MILLI);
  }

  private double at(double percentile) {
    return micros.getValueAtPercentile(percentile) / MILLI;
  }
}
