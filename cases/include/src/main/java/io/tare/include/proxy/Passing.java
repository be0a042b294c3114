package io.tare.include.proxy;

import java.util.Optional;

/**
 * How requests go on and answers come back.
 *
 * @param host what the origin is asked for; as the client said it where this is empty
 * @param forwarded which fields tell the origin who asked
 * @param trustsClient whether what the client says about earlier hops is kept, since it is a proxy of our own
 * @param gzipLevel how hard assembled pages are packed for clients that take it; 0 for not at all
 * @param lookAheadBytes pages of known length up to here are looked through first: one without tags keeps its ETag, its length and its ranges
 */
public record Passing(Optional<String> host, Forwarded forwarded, boolean trustsClient, int gzipLevel,
    int lookAheadBytes) {
  public static final Passing USUAL = new Passing(Optional.empty(), Forwarded.X, false, 4, 65_536);

  /** {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}, or {@code Forwarded} of RFC 7239, or both, or none. */
  public enum Forwarded {
    X, RFC, BOTH, NONE;

    boolean hasX() {
      return this == X || this == BOTH;
    }

    boolean hasRfc() {
      return this == RFC || this == BOTH;
    }
  }
}
