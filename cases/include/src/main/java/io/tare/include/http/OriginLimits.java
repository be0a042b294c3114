package io.tare.include.http;

/** What asking may take: connections to one origin at once, time to connect, time without a byte, time in all. */
public record OriginLimits(int connections, int connectMillis, int silenceMillis, int totalMillis) {
  public static final OriginLimits USUAL = new OriginLimits(128, 1_000, 2_000, 10_000);
}
