package io.tare.capture.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What {@code statx} says of a file.
 *
 * @param mode its kind and permissions
 * @param user who owns it
 * @param links how many names it has
 * @param allocatedBytes how many bytes it really occupies
 */
public record FileStatus(int mode, long user, long links, long sizeBytes, long allocatedBytes, long modifiedSeconds) {
  static final int BYTES = 256;
  /** Kind, permissions, links, owner, time of modification, size and blocks. */
  static final long WANTED = 0x1 | 0x2 | 0x4 | 0x8 | 0x40 | 0x200 | 0x400;
  private static final int LINKS_AT = 16;
  private static final int USER_AT = 20;
  private static final int MODE_AT = 28;
  private static final int SIZE_AT = 40;
  private static final int BLOCKS_AT = 48;
  private static final int MODIFIED_AT = 112;
  private static final int BLOCK_BYTES = 512;
  private static final int KIND = 0170000;
  private static final int FOLDER = 0040000;
  private static final int REGULAR = 0100000;
  private static final int SOCKET = 0140000;
  private static final int ANYBODY_ELSE = 077;

  /** From the structure that the kernel filled. */
  static FileStatus of(MemorySegment statx) {
    return new FileStatus(Short.toUnsignedInt(statx.get(ValueLayout.JAVA_SHORT, MODE_AT)),
        Integer.toUnsignedLong(statx.get(ValueLayout.JAVA_INT, USER_AT)),
        Integer.toUnsignedLong(statx.get(ValueLayout.JAVA_INT, LINKS_AT)),
        statx.get(ValueLayout.JAVA_LONG, SIZE_AT), statx.get(ValueLayout.JAVA_LONG, BLOCKS_AT) * BLOCK_BYTES,
        statx.get(ValueLayout.JAVA_LONG, MODIFIED_AT));
  }

  public boolean isFolder() {
    return (mode & KIND) == FOLDER;
  }

  public boolean isRegularFile() {
    return (mode & KIND) == REGULAR;
  }

  public boolean isSocket() {
    return (mode & KIND) == SOCKET;
  }

  /** Whether nobody but its owner may do anything with it. */
  public boolean isPrivate() {
    return (mode & ANYBODY_ELSE) == 0;
  }
}
