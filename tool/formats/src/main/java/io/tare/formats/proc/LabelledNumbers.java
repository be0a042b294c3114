package io.tare.formats.proc;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Picks a few numbers out of a text of labelled lines, and makes nothing of the rest: for readings that are taken every second. Linux
 * 6.18 prints {@code VmRSS:	   59360 kB} in status and {@code inactive_file 4096} in memory.stat. Sizes in kB come as bytes.
 */
public final class LabelledNumbers {
  /** Stands for a label that was not found, or has no number. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private static final int LARGEST_SHIFTED = 10;
  private static final int MOST_DIGITS = 18;

  private final byte[][] labels;

  /** @param labels as the lines begin, without what follows them */
  public LabelledNumbers(List<String> labels) {
    this.labels = new byte[labels.size()][];
    for (int i = 0; i < this.labels.length; i++) {
      this.labels[i] = labels.get(i).getBytes(StandardCharsets.US_ASCII);
    }
  }

  public int count() {
    return labels.length;
  }

  /** Reads the first {@code length} bytes of the text; the number of label {@code i} goes to {@code into[from + i]}. */
  public void read(byte[] text, int length, long[] into, int from) {
    for (int i = 0; i < labels.length; i++) {
      into[from + i] = UNKNOWN;
    }
    int at = 0;
    while (at < length) {
      int end = lineEnd(text, at, length);
      for (int i = 0; i < labels.length; i++) {
        if (into[from + i] == UNKNOWN && begins(text, at, end, labels[i])) {
          into[from + i] = number(text, at + labels[i].length, end);
        }
      }
      at = end + 1;
    }
  }

  private static int lineEnd(byte[] text, int at, int length) {
    int end = at;
    while (end < length && text[end] != '\n') {
      end++;
    }
    return end;
  }

  private static boolean begins(byte[] text, int at, int end, byte[] label) {
    int after = at + label.length;
    if (after >= end || (text[after] != ':' && text[after] != ' ' && text[after] != '\t')) {
      return false;
    }
    for (int i = 0; i < label.length; i++) {
      if (text[at + i] != label[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(byte[] text, int from, int end) {
    int at = from;
    while (at < end && (text[at] == ':' || text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    long value = 0;
    int digits = 0;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      value = value * 10 + (text[at++] - '0');
      digits++;
    }
    if (digits == 0 || digits > MOST_DIGITS) {
      return UNKNOWN;
    }
    boolean kilobytes = at + 2 < end && text[at] == ' ' && text[at + 1] == 'k' && text[at + 2] == 'B';
    return kilobytes ? value << LARGEST_SHIFTED : value;
  }
}
