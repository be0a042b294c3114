package io.tare.heap.answers;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.Window;
import java.nio.ByteBuffer;

/** The bytes of a small object, kept when a walk meets it: hundreds of thousands would else be read from the file one by one. */
public final class Content {
  /** Of larger objects, or those of which not all is there. */
  static final Content NONE = new Content(new byte[0], 0);

  private static final int MOST_BYTES = 96;

  private final ByteBuffer bytes;
  private final int idBytes;

  private Content(byte[] bytes, int idBytes) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.idBytes = idBytes;
  }

  /** What the window has before it; does not move it. */
  static Content of(Window content, long length) {
    if (length == 0 || length > MOST_BYTES || !content.has((int) length)) {
      return NONE;
    }
    byte[] bytes = new byte[(int) length];
    content.copyTo(bytes);
    return new Content(bytes, content.idBytes());
  }

  boolean isKept() {
    return idBytes != 0;
  }

  /** A value of this type that begins there; throws if it does not end within. */
  long number(int offset, int type) {
    if (type == BasicType.OBJECT) {
      return idBytes == Long.BYTES ? bytes.getLong(offset) : bytes.getInt(offset) & 0xffff_ffffL;
    }
    return switch (BasicType.bytes(type, idBytes)) {
      case 1 -> bytes.get(offset);
      case 2 -> type == BasicType.CHAR ? bytes.getChar(offset) : bytes.getShort(offset);
      case 4 -> bytes.getInt(offset);
      default -> bytes.getLong(offset);
    };
  }

  /** A character of a text; two-byte ones in byte arrays stand in the byte order of the machine that wrote them, nowadays little-endian. */
  char character(int offset, int type, boolean wide) {
    if (type == BasicType.CHAR) {
      return bytes.getChar(offset);
    }
    int low = bytes.get(offset) & 0xff;
    return (char) (wide ? low | (bytes.get(offset + 1) & 0xff) << 8 : low);
  }
}
