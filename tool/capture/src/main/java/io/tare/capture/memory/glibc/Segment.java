package io.tare.capture.memory.glibc;

import io.tare.model.AddressRange;

/**
 * A stretch of memory that one arena fills with chunks.
 *
 * @param walked from the first chunk to the end of what the arena uses
 * @param top the arena's top chunk when it lies here, else 0
 */
record Segment(AddressRange walked, long top) {
  static Segment of(AddressRange walked, long topOfArena) {
    return new Segment(walked, walked.contains(topOfArena) ? topOfArena : 0);
  }

  boolean endsWithTop() {
    return top != 0;
  }
}
