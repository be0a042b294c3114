package io.tare.history.watch;

/**
 * When an alarm is raised: {@code rss.anon > 1GB for 30s}, {@code growth(malloc.used) > 10MB/h}.
 *
 * @param text as it was written
 * @param metric a series, an account, or one of {@link Metrics#others}
 * @param isGrowth whether its growth an hour counts, not its value
 * @param isAbove whether above the bound is wrong; else below
 * @param holdMillis for how long it must be wrong without a break
 */
public record AlertRule(String text, String metric, boolean isGrowth, boolean isAbove, double bound, long holdMillis) {}
