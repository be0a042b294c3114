package io.tare.include.proxy;

import io.tare.include.fragment.FragmentLimits;
import io.tare.include.http.Origin;
import io.tare.include.http.OriginLimits;
import io.tare.include.http.ServerLimits;
import io.tare.include.page.PageLimits;
import java.util.Set;

/** How a proxy is set up: whom it asks, its limits, and how requests and answers pass. */
public record Settings(Origin origin, Set<Origin> fragmentOrigins, long cacheBytes, Limits limits, Passing passing) {

  /** All limits in one place. */
  public record Limits(ServerLimits server, OriginLimits origin, FragmentLimits fragment, PageLimits page) {
    public static final Limits USUAL = new Limits(ServerLimits.USUAL, OriginLimits.USUAL, FragmentLimits.USUAL,
        PageLimits.USUAL);
  }

  public Settings {
    fragmentOrigins = Set.copyOf(fragmentOrigins);
  }

  public Settings(Origin origin, Set<Origin> fragmentOrigins, long cacheBytes, Limits limits) {
    this(origin, fragmentOrigins, cacheBytes, limits, Passing.USUAL);
  }

  public static Settings usual(Origin origin) {
    return new Settings(origin, Set.of(origin), 32 << 20, Limits.USUAL);
  }
}
