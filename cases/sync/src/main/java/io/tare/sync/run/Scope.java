package io.tare.sync.run;

import io.tare.sync.filter.PathFilter;

/** Which files a run is about, and how sure it makes of them. */
public record Scope(PathFilter filter, Verify verify) {
  public static final Scope USUAL = new Scope(PathFilter.ALL, Verify.SIZE);
}
