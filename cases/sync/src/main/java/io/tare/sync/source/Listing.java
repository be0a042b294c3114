package io.tare.sync.source;

/** In which way an object store is listed. */
public enum Listing {
  /** One listing of all keys under the prefix: fewest requests, but one after the other. */
  FLAT,
  /** Prefix by prefix, all of one level before the next: many at once from the first level on. */
  BY_LEVEL,
  /** Prefix by prefix, into the depth first: many at once, and few prefixes wait. */
  RECURSIVE
}
