package io.tare.capture.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/**
 * Which file it is, of what kind, whose, and in which state; asked without making a file server answer.
 *
 * @param device as smaps prints it: {@code major:minor} in hexadecimal
 * @param names how many hard links lead to it
 * @param changedNanos when its content or its facts changed last, since 1970
 */
public record FileFacts(Kind kind, long owner, long names, String device, long inode, long sizeBytes,
    long allocatedBytes, long changedNanos) {
  private static final long AT_EMPTY_PATH = 0x1000;
  private static final long AT_STATX_DONT_SYNC = 0x4000;
  private static final long BASIC = 0x7ff;
  private static final int STATX_BYTES = 256;
  private static final int BLOCK_BYTES = 512;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** What a file can be; the words complete "it is …". */
  public enum Kind {
    PIPE(0x1, "a pipe"), CHARACTER_DEVICE(0x2, "a device"), FOLDER(0x4, "a folder"), BLOCK_DEVICE(0x6,
        "a device"), REGULAR(0x8,
            "a regular file"), LINK(0xa, "a link"), SOCKET(0xc, "a socket"), UNKNOWN(0, "of no known kind");

    private final int number;
    private final String words;

    Kind(int number, String words) {
      this.number = number;
      this.words = words;
    }

    public String words() {
      return words;
    }

    static Kind of(int mode) {
      for (Kind kind : values()) {
        if (kind.number == (mode >>> 12 & 0xf)) {
          return kind;
        }
      }
      return UNKNOWN;
    }
  }

  static FileFacts of(int descriptor) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(STATX_BYTES, Long.BYTES);
      LibC.Answer answer = SystemCall.STATX.call(descriptor, arena.allocateFrom("").address(),
          AT_EMPTY_PATH | AT_STATX_DONT_SYNC, BASIC, status.address());
      if (answer.failed()) {
        throw new IOException("cannot look at a file: " + Errno.words(answer.errno()));
      }
      return new FileFacts(Kind.of(number(status, 28) & 0xffff), unsigned(status, 20), unsigned(status, 16),
          String.format(Locale.ROOT, "%02x:%02x", unsigned(status, 136), unsigned(status, 140)),
          status.get(ValueLayout.JAVA_LONG, 32), status.get(ValueLayout.JAVA_LONG, 40),
          status.get(ValueLayout.JAVA_LONG, 48) * BLOCK_BYTES,
          status.get(ValueLayout.JAVA_LONG, 96) * NANOS_PER_SECOND + unsigned(status, 104));
    }
  }

  private static int number(MemorySegment status, long at) {
    return status.get(ValueLayout.JAVA_INT, at);
  }

  private static long unsigned(MemorySegment status, long at) {
    return Integer.toUnsignedLong(number(status, at));
  }

}
