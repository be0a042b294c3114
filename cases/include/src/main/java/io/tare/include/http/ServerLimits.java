package io.tare.include.http;

/**
 * What clients may take: connections at once, quiet time between requests, time for a head once it has begun, time in which a
 * body must make progress either way.
 */
public record ServerLimits(int connections, int idleMillis, int headMillis, int stallMillis) {
  public static final ServerLimits USUAL = new ServerLimits(4_096, 30_000, 10_000, 30_000);
}
