package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.model.jvm.PerfData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * hsperfdata, version 2.0: a head of 32 bytes, then entries of a name and a value each. JDK 25 on amd64 begins
 *
 * <pre>
 * ca fe c0 c0  01 02 00 01  …     mark, byte order (1 = little endian), version 2.0, accessible
 * </pre>
 *
 * The JVM goes on writing while the file is read, so a value may be newer than the one before it.
 */
public final class PerfDataBytes {
  private static final int MARK = 0xcafec0c0;
  private static final int HEAD_BYTES = 32;
  private static final int BYTE_ORDER = 4;
  private static final int MAJOR_VERSION = 5;
  private static final int ACCESSIBLE = 7;
  private static final int USED = 8;
  private static final int ENTRY_OFFSET = 24;
  private static final int ENTRY_COUNT = 28;

  private PerfDataBytes() {}

  public static Parsed<PerfData> parse(String artifact, byte[] content, ParseLimits limits) throws NotThisFormat {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    if (content.length < HEAD_BYTES || bytes.getInt(0) != MARK) {
      throw new NotThisFormat(artifact + " does not begin with ca fe c0 c0");
    }
    if (content[MAJOR_VERSION] != 2) {
      throw new NotThisFormat(artifact + " is of version " + content[MAJOR_VERSION] + ", only 2 is known");
    }
    bytes.order(content[BYTE_ORDER] == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    ProblemList problems = new ProblemList(artifact, limits);
    if (content[ACCESSIBLE] == 0) {
      problems.add("offset " + ACCESSIBLE, "the JVM has not finished to set it up");
    }
    int used = bytes.getInt(USED);
    if (used > HEAD_BYTES && used < content.length) {
      bytes.limit(used);
    } else if (used > content.length) {
      problems.add("offset " + USED, used + " bytes are in use but only " + content.length + " are here");
    }
    PerfDataEntries entries = new PerfDataEntries(bytes, problems, limits);
    return new Parsed<>(entries.read(bytes.getInt(ENTRY_OFFSET), bytes.getInt(ENTRY_COUNT)), problems.toList());
  }

  /** The entries of an hsperfdata file. Every offset in it is doubted. */
  static final class PerfDataEntries {
    private static final int HEAD_BYTES = 20;
    private static final int NAME_OFFSET = 4;
    private static final int VECTOR_LENGTH = 8;
    private static final int TYPE = 12;
    private static final int DATA_OFFSET = 16;

    private final ByteBuffer bytes;
    private final ProblemList problems;
    private final ParseLimits limits;
    private final Map<String, Object> counters = new LinkedHashMap<>();

    PerfDataEntries(ByteBuffer bytes, ProblemList problems, ParseLimits limits) {
      this.bytes = bytes;
      this.problems = problems;
      this.limits = limits;
    }

    PerfData read(int firstEntry, int count) {
      if (count < 0) {
        problems.add("head", "the number of entries is absurd: " + count);
      }
      long entry = firstEntry;
      for (int i = 0; i < count; i++) {
        if (!isWithin(entry, HEAD_BYTES) || i >= limits.items()) {
          problems.add("entry " + i, "lies outside: the remaining " + (count - i) + " entries are left out");
          break;
        }
        int length = bytes.getInt((int) entry);
        // An entry shorter than its own head would lead back to itself, for ever.
        if (length < HEAD_BYTES || !isWithin(entry, length)) {
          problems.add("entry " + i, "has the absurd length " + length + ": the rest is left out");
          break;
        }
        read(i, (int) entry, length);
        entry += length;
      }
      return new PerfData(counters);
    }

    private void read(int index, int entry, int length) {
      int end = entry + length;
      String name = text((long) entry + bytes.getInt(entry + NAME_OFFSET), end);
      long data = (long) entry + bytes.getInt(entry + DATA_OFFSET);
      int vectorLength = bytes.getInt(entry + VECTOR_LENGTH);
      char type = (char) (bytes.get(entry + TYPE) & 0xff);
      if (name.isEmpty() || data < entry + HEAD_BYTES || data > end) {
        problems.add("entry " + index, "has no name or its value lies outside");
      } else if (type == 'J' && vectorLength == 0 && data + Long.BYTES <= end) {
        counters.put(name, bytes.getLong((int) data));
      } else if (type == 'B' && vectorLength > 0 && data + vectorLength <= end) {
        counters.put(name, text(data, (int) data + vectorLength));
      } else {
        problems.add("entry " + index, "'" + name + "' is of a type that is not known, or does not fit");
      }
    }

    /** The text up to the next zero byte; empty when it does not lie between an entry's head and its end. */
    private String text(long from, int end) {
      if (from < HEAD_BYTES || from >= end) {
        return "";
      }
      int to = (int) from;
      while (to < end && to - from < limits.textLength() && bytes.get(to) != 0) {
        to++;
      }
      byte[] text = new byte[to - (int) from];
      bytes.get((int) from, text);
      return new String(text, StandardCharsets.UTF_8);
    }

    private boolean isWithin(long offset, int length) {
      return offset >= HEAD_BYTES && offset + length <= bytes.limit();
    }
  }
}
