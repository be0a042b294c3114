package io.tare.capture.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/**
 * What {@code statx} says of a file: which one it is, of what kind, whose, and in which state.
 *
 * @param permissions its bits, the special ones too
 * @param user who owns it
 * @param links how many names it has
 * @param device as smaps prints it: {@code major:minor} in hexadecimal
 * @param allocatedBytes how many bytes it really occupies
 * @param modifiedSeconds when its content changed last, since 1970
 * @param changedNanos when its content or its facts changed last, since 1970
 */
public record FileStatus(Kind kind, int permissions, long user, long links, String device, long inode, long sizeBytes,
    long allocatedBytes, long modifiedSeconds, long changedNanos) {
  /** How large the structure is that the kernel fills, and which of its fields are asked for. */
  static final int BYTES = 256;
  static final long WANTED = 0x7ff;
  private static final int BLOCK_BYTES = 512;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int PERMISSIONS = 07777;
  private static final int ANYBODY_ELSE = 077;

  /** What a file can be; the words complete "it is …". */
  public enum Kind {
    PIPE(0x1, "a pipe"),
    CHARACTER_DEVICE(0x2, "a device"),
    FOLDER(0x4, "a folder"),
    BLOCK_DEVICE(0x6,
        "a device"),
    REGULAR(0x8,
        "a regular file"),
    LINK(0xa, "a link"),
    SOCKET(0xc, "a socket"),
    UNKNOWN(0, "of no known kind");

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

  /** From the structure that the kernel filled. */
  static FileStatus of(MemorySegment statx) {
    int mode = Short.toUnsignedInt(statx.get(ValueLayout.JAVA_SHORT, 28));
    String device = String.format(Locale.ROOT, "%02x:%02x", unsigned(statx, 136), unsigned(statx, 140));
    return new FileStatus(Kind.of(mode), mode & PERMISSIONS, unsigned(statx, 20), unsigned(statx, 16), device,
        number(statx, 32), number(statx, 40), number(statx, 48) * BLOCK_BYTES, number(statx, 112),
        number(statx, 96) * NANOS_PER_SECOND + unsigned(statx, 104));
  }

  private static long number(MemorySegment statx, long at) {
    return statx.get(ValueLayout.JAVA_LONG, at);
  }

  private static long unsigned(MemorySegment statx, long at) {
    return Integer.toUnsignedLong(statx.get(ValueLayout.JAVA_INT, at));
  }

  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  public boolean isRegularFile() {
    return kind == Kind.REGULAR;
  }

  public boolean isSocket() {
    return kind == Kind.SOCKET;
  }

  /** Whether nobody but its owner may do anything with it. */
  public boolean isPrivate() {
    return (permissions & ANYBODY_ELSE) == 0;
  }
}
