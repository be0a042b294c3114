package io.tare.history.recording;

import io.tare.formats.NotThisFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Finds the frames in a stretch of bytes, one after the other. A frame that is damaged is passed over, byte by byte, until the next
 * sound one begins: nothing before it and nothing after it is lost.
 */
public final class FrameScan {
  /** Bytes before the content: {@code T R}, kind, length. */
  static final int HEAD_BYTES = 7;
  static final int CHECKSUM_BYTES = 4;
  /** No frame is longer: a length beyond is damage. */
  public static final int LONGEST_CONTENT = 1 << 20;

  private final CRC32C checksum = new CRC32C();
  private byte[] bytes = {};
  private int at;
  private int end;
  private int contentLength;
  private int lostBytes;

  /** Goes on with these bytes; the caller has moved what {@link #position} had left over to the front of them. */
  public void over(byte[] content, int from, int to) {
    bytes = content;
    at = from;
    end = to;
    contentLength = -HEAD_BYTES - CHECKSUM_BYTES;
  }

  /**
   * Moves to the next frame.
   *
   * @param isLast whether no bytes follow these: then what does not become whole is damage
   * @return false when there is none in what is left
   */
  public boolean advance(boolean isLast) {
    at += contentLength + HEAD_BYTES + CHECKSUM_BYTES;
    contentLength = -HEAD_BYTES - CHECKSUM_BYTES;
    while (end - at >= HEAD_BYTES + CHECKSUM_BYTES) {
      int length = lengthHere();
      if (length >= 0 && end - at < HEAD_BYTES + length + CHECKSUM_BYTES) {
        if (!isLast) {
          return false;
        }
        length = -1;
      }
      if (length >= 0 && isSound(length)) {
        contentLength = length;
        return true;
      }
      at++;
      lostBytes++;
    }
    return false;
  }

  /** Of the bytes here: the length that the frame claims, or less than zero when no frame begins. */
  private int lengthHere() {
    if (bytes[at] != 'T' || bytes[at + 1] != 'R') {
      return -1;
    }
    int length = intAt(at + 3);
    return length <= LONGEST_CONTENT ? length : -1;
  }

  private boolean isSound(int length) {
    checksum.reset();
    checksum.update(bytes, at + 2, HEAD_BYTES - 2 + length);
    return (int) checksum.getValue() == intAt(at + HEAD_BYTES + length);
  }

  private int intAt(int offset) {
    return FileHead.littleEndian(bytes, offset);
  }

  int kind() {
    return bytes[at + 2];
  }

  byte[] bytes() {
    return bytes;
  }

  int contentFrom() {
    return at + HEAD_BYTES;
  }

  int contentTo() {
    return at + HEAD_BYTES + contentLength;
  }

  /** Where the frame begins, or what is left over when there is none. */
  public int position() {
    return at;
  }

  /** Where the frame ends. */
  public int frameEnd() {
    return at + HEAD_BYTES + contentLength + CHECKSUM_BYTES;
  }

  /** Bytes passed over so far because no sound frame began at them. */
  public int lostBytes() {
    return lostBytes;
  }

  /** The first 16 bytes of a recording: {@code TARE-REC}, the version, and four bytes that are zero. */
  public static final class FileHead {
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

  /** The byte by which a record says what it is. */
  static final class EntryKind {
    static final int OPENED = 1;
    static final int TARGET = 2;
    static final int SAMPLE = 3;
    static final int LEDGER = 4;
    static final int MARK = 5;
    static final int END = 6;
    static final int NOTE = 7;
    static final int CLOSED = 8;
    static final int LABELS = 9;
    static final int COUNTED = 10;

    private EntryKind() {}
  }
}
