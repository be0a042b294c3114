package io.tare.model.history;

/** Why a full ledger was taken at that moment. The order is part of the recording file's format. */
public enum WeighingReason {
  /** The first one. */
  BASELINE(0),
  /** The time had come. */
  TURN(1),
  /** Gross had moved. */
  MOVED(2),
  /** The program, or somebody, had set a mark. */
  MARK(3),
  /** The container came close to its limit: this may be the last one. */
  LIMIT(4),
  /** Somebody asked for it. */
  ASKED(5),
  /** After a full collection that somebody had asked for: what is in use is what lives. */
  SETTLED(6),
  /** The process had become another program. */
  EXEC(7);

  private final int code;

  WeighingReason(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
