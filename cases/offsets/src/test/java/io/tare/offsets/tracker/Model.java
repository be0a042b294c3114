package io.tare.offsets.tracker;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The slow and obvious tracker that the others are compared with; its window counts words as the ring does, or is endless. */
record Model(TreeSet<Long> inFlight, long last, long windowWords) {
  static final long ENDLESS = Long.MAX_VALUE;

  static Model startingAt(long start, long windowWords) {
    return new Model(new TreeSet<>(), start - 1, windowWords);
  }

  /** What a call returns in this state, as text, and the state after it. */
  record Step(String result, Model after) {}

  Step apply(Call call) {
    return switch (call.kind()) {
      case APPEND -> append(call.offset());
      case DONE -> done(call.offset());
      case COMMIT -> new Step(Long.toString(nextToRead()), this);
      case READ -> new Step(read(call.offset()).toString(), this);
    };
  }

  private long nextToRead() {
    return inFlight.isEmpty() ? last + 1 : inFlight.first();
  }

  private Step append(long offset) {
    if (offset <= last) {
      return new Step("out of range", this);
    }
    if (!inFlight.isEmpty() && offset / 40 - inFlight.first() / 40 >= windowWords) {
      return new Step("false", this);
    }
    TreeSet<Long> more = new TreeSet<>(inFlight);
    more.add(offset);
    return new Step("true", new Model(more, offset, windowWords));
  }

  private Step done(long offset) {
    if (offset < 0 || offset > last) {
      return new Step("out of range", this);
    }
    if (!inFlight.contains(offset)) {
      return new Step("false", this);
    }
    TreeSet<Long> fewer = new TreeSet<>(inFlight);
    fewer.remove(offset);
    return new Step("true", new Model(fewer, last, windowWords));
  }

  private Progress read(long offset) {
    if (offset > last) {
      return Progress.NOT_RECEIVED;
    }
    return inFlight.contains(offset) ? Progress.IN_FLIGHT : Progress.DONE;
  }

  Set<Long> open() {
    return new HashSet<>(inFlight);
  }
}
