package io.tare.sync.run;

import io.tare.sync.destination.Standing;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.util.Optional;

/**
 * What the destination has of a file that the source has.
 *
 * @param hash of what is there, where the destination told it unasked
 */
record Presence(Kind kind, ContentHash hash) {
  static final Presence NOT_ASKED = new Presence(Kind.NOT_ASKED, ContentHash.UNKNOWN);
  private static final Presence OTHER = new Presence(Kind.OTHER, ContentHash.UNKNOWN);
  private static final Presence SAME = new Presence(Kind.SAME, ContentHash.UNKNOWN);

  /** How far it is the same. */
  enum Kind {
    NOT_ASKED,
    /** Not there, or with another size or time. */
    OTHER,
    /** Of the same size; the destination keeps no times. */
    SAME_SIZE,
    /** Of the same size and time. */
    SAME
  }

  static Presence of(Optional<Standing> there, FileFacts wanted) {
    if (there.isEmpty() || there.get().isOtherThan(wanted)) {
      return OTHER;
    }
    return there.get().modifiedMillis().isPresent() ? SAME : new Presence(Kind.SAME_SIZE, there.get().hash());
  }
}
