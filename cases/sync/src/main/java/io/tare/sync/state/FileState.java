package io.tare.sync.state;

import java.util.Optional;

/** What is known of a file. The codes stand in state files: add, never change. */
public enum FileState {
  /** In the source, not at the destination as it is there now. */
  NEW(1),
  /** At the destination as it was seen in the source last. */
  SYNCED(2),
  /** Was at the destination when this scan began; not seen in the source by this scan so far. */
  TEMP_DELETED(3),
  /** A whole scan did not see it. */
  DELETED_IN_SOURCE(4),
  /** The last transfer failed; the next run tries again. */
  ERROR(5),
  /** Seen, and at the destination with the right size; whether the contents are the same is still to be read. */
  UNCERTAIN(6);

  private static final FileState[] ALL = values();
  private final byte code;

  FileState(int code) {
    this.code = (byte) code;
  }

  public byte code() {
    return code;
  }

  public static Optional<FileState> of(byte code) {
    return code >= 1 && code <= ALL.length ? Optional.of(ALL[code - 1]) : Optional.empty();
  }

  public boolean waitsForTransfer() {
    return this == NEW || this == ERROR || this == UNCERTAIN;
  }
}
