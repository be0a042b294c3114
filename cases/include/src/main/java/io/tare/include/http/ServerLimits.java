package io.tare.include.http;

/** What clients may take: connections at once, quiet time between requests, time in which a write must make progress. */
public record ServerLimits(int connections, int idleMillis, int stallMillis) {
  public static final ServerLimits USUAL = new ServerLimits(4_096, 30_000, 30_000);
}
