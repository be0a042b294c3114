package io.tare.sync.destination;

import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.util.OptionalLong;

/**
 * A file as it stands at the destination.
 *
 * @param modifiedMillis empty where the destination keeps no times of change that it is told
 * @param stepMillis how finely it keeps them
 * @param hash of the content where the destination tells it without reading, else unknown
 */
public record Standing(long sizeBytes, OptionalLong modifiedMillis, long stepMillis, ContentHash hash) {
  /** Files of which size alone is known. */
  static Standing ofSize(long sizeBytes) {
    return new Standing(sizeBytes, OptionalLong.empty(), 1, ContentHash.UNKNOWN);
  }

  static Standing of(long sizeBytes, long modifiedMillis, long stepMillis) {
    return new Standing(sizeBytes, OptionalLong.of(modifiedMillis), stepMillis, ContentHash.UNKNOWN);
  }

  public boolean isOtherThan(FileFacts facts) {
    return sizeBytes != facts.sizeBytes() || (modifiedMillis.isPresent()
        && Math.floorDiv(modifiedMillis.getAsLong(), stepMillis) != Math.floorDiv(facts.modifiedMillis(), stepMillis));
  }
}
