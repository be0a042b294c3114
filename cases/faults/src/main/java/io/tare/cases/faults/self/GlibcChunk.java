package io.tare.cases.faults.self;

/** What glibc's malloc takes for a request: eight bytes of header, rounded up to 16, and 32 at least. */
public final class GlibcChunk {
  private static final long PAGE = 4096;

  private GlibcChunk() {}

  public static long bytes(long requested) {
    return Math.max(32, (requested + 8 + 15) & -16L);
  }

  /** The same for a block so large that it gets a mapping of its own. */
  public static long mappedBytes(long requested) {
    return (requested + 16 + PAGE - 1) & -PAGE;
  }
}
