package io.tare.offsets.tracker;

/** One call of a tracker's method. */
record Call(Kind kind, long offset) {
  enum Kind {
    APPEND, DONE, COMMIT, READ
  }

  /** What the tracker answers, as text. */
  String on(OffsetTracker tracker) {
    try {
      return switch (kind) {
        case APPEND -> Boolean.toString(tracker.append(offset));
        case DONE -> Boolean.toString(tracker.done(offset));
        case COMMIT -> Long.toString(tracker.commitNextToRead());
        case READ -> tracker.read(offset).toString();
      };
    } catch (OffsetOutOfRange e) {
      return "out of range";
    }
  }
}
