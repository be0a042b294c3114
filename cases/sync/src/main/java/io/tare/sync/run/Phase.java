package io.tare.sync.run;

/** Where a run is. The names stand in state files. */
public enum Phase {
  /** No run is under way. */
  IDLE,
  /** What is at the destination is marked as not yet seen. */
  PREPARE,
  /** The source is listed. */
  SCAN,
  /** What was not seen is marked as deleted. */
  FINALIZE,
  /** New and changed files are brought over. */
  TRANSFER;

  Phase next() {
    return switch (this) {
      case IDLE -> PREPARE;
      case PREPARE -> SCAN;
      case SCAN -> FINALIZE;
      case FINALIZE -> TRANSFER;
      case TRANSFER -> IDLE;
    };
  }
}
