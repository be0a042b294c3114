package io.tare.formats.proc;

/**
 * The fields after the name of {@code /proc/PID/stat} as numbers, the state as its letter's code: {@code 11063 (java) S 11060 9505 …}.
 * For readings that are taken every second.
 */
public final class StatNumbers {
  public static final int STATE = 0;
  public static final int MAJOR_FAULTS = 9;
  public static final int USER_TICKS = 11;
  public static final int SYSTEM_TICKS = 12;
  public static final int START_TICKS = 19;
  /** As {@code wait} gives it; the kernel tells it to those who may trace the process, of one that has ended. */
  public static final int EXIT_CODE = 49;
  public static final int FIELDS = 50;

  private StatNumbers() {}

  /** Fills {@code into} from its beginning; returns how many fields there are, 0 when this is no such line. */
  public static int read(byte[] text, int length, long[] into) {
    int at = length - 1;
    while (at >= 0 && text[at] != ')') {
      at--;
    }
    if (at < 0 || at + 2 >= length) {
      return 0;
    }
    into[STATE] = text[at + 2];
    at += 3;
    int field = 1;
    while (field < into.length && at + 1 < length && text[at] == ' ') {
      at++;
      boolean negative = text[at] == '-';
      long value = 0;
      for (at += negative ? 1 : 0; at < length && text[at] >= '0' && text[at] <= '9'; at++) {
        value = value * 10 + (text[at] - '0');
      }
      into[field++] = negative ? -value : value;
    }
    return field;
  }
}
