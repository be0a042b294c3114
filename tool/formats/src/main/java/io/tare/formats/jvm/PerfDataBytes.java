package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.model.jvm.PerfData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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
}
