package io.tare.history.recording;

/** The byte by which a record says what it is. */
final class EntryKind {
  static final int OPENED = 1;
  static final int TARGET = 2;
  static final int SAMPLE = 3;
  static final int LEDGER = 4;
  static final int MARK = 5;
  static final int END = 6;
  static final int NOTE = 7;
  static final int CLOSED = 8;

  private EntryKind() {}
}
