package io.tare.capture.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** What {@code statx} says of a file and the JDK does not: how many bytes it really occupies. */
public record FileStatus(long sizeBytes, long allocatedBytes) {
  private static final long AT_FDCWD = -100;
  private static final long SIZE_AND_BLOCKS = 0x200 | 0x400;
  private static final int STATX_BYTES = 256;
  private static final int SIZE_AT = 40;
  private static final int BLOCKS_AT = 48;
  private static final int BLOCK_BYTES = 512;

  public static FileStatus of(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(file.toString());
      MemorySegment status = arena.allocate(STATX_BYTES, Long.BYTES);
      LibC.Answer answer = SystemCall.STATX.call(AT_FDCWD, path.address(), 0, SIZE_AND_BLOCKS, status.address());
      if (answer.failed()) {
        throw new IOException("cannot look at " + file + ": " + Errno.words(answer.errno()));
      }
      return new FileStatus(status.get(ValueLayout.JAVA_LONG, SIZE_AT),
          status.get(ValueLayout.JAVA_LONG, BLOCKS_AT) * BLOCK_BYTES);
    }
  }
}
