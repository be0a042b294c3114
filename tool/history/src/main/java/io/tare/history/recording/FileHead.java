package io.tare.history.recording;

import io.tare.formats.NotThisFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first 16 bytes of a recording: {@code TARE-REC}, the version, and four bytes that are zero. */
public final class FileHead {
  public static final int BYTES = 16;
  public static final int VERSION = 1;

  private static final byte[] MAGIC = "TARE-REC".getBytes(StandardCharsets.US_ASCII);

  private FileHead() {}

  public static byte[] bytes() {
    byte[] head = Arrays.copyOf(MAGIC, BYTES);
    head[MAGIC.length] = VERSION;
    return head;
  }

  /** Refuses what is no recording, and one of a version that is not known. */
  public static void check(byte[] head, int length) throws NotThisFormat {
    if (length < BYTES && startsLikeOne(head, length)) {
      throw new NotThisFormat("the recording is cut within its first " + BYTES + " bytes: it holds nothing");
    }
    if (length < BYTES || !Arrays.equals(Arrays.copyOf(head, MAGIC.length), MAGIC)) {
      throw new NotThisFormat("this is no recording of Tare: it does not begin with TARE-REC");
    }
    int version = littleEndian(head, MAGIC.length);
    if (version != VERSION) {
      throw new NotThisFormat("the recording is of version " + version + "; this Tare knows version " + VERSION
          + (version > VERSION ? ", so it takes a newer Tare" : ""));
    }
  }

  static int littleEndian(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }

  private static boolean startsLikeOne(byte[] head, int length) {
    int compared = Math.min(length, MAGIC.length);
    return Arrays.equals(head, 0, compared, MAGIC, 0, compared);
  }
}
