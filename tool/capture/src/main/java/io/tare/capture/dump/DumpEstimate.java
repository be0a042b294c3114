package io.tare.capture.dump;

/**
 * What a dump will cost, known before it is taken from the heap in use alone.
 *
 * @param likelyBytes how long the file will be about
 * @param mostBytes so much room is asked for
 * @param fromMillis to {@code toMillis}: how long all threads stand still
 */
public record DumpEstimate(long likelyBytes, long mostBytes, long fromMillis, long toMillis) {
  // An object's header and references are longer in a dump than in a heap with compressed references: small objects up to twice.
  private static final double LIKELY = 1.25;
  private static final double MOST = 2.0;
  private static final double LIKELY_COMPRESSED = 0.4;
  // Names, classes and stacks.
  private static final long BESIDE_OBJECTS = 8L << 20;
  private static final double GIGABYTE = 1L << 30;
  private static final double FASTEST_PER_GIGABYTE = 1000;
  private static final double SLOWEST_PER_GIGABYTE = 8000;
  private static final double COLLECTION_PER_GIGABYTE = 2000;
  private static final long LEAST_MILLIS = 100;

  /** The estimate for a heap with so many bytes in use, live or dead. */
  public static DumpEstimate of(long heapUsedBytes, DumpRequest request) {
    double factor = request.gzipLevel().isPresent() ? LIKELY * LIKELY_COMPRESSED : LIKELY;
    double gigabytes = heapUsedBytes / GIGABYTE;
    double collection = request.liveOnly() ? gigabytes * COLLECTION_PER_GIGABYTE : 0;
    return new DumpEstimate((long) (heapUsedBytes * factor) + BESIDE_OBJECTS,
        (long) (heapUsedBytes * MOST) + 2 * BESIDE_OBJECTS,
        LEAST_MILLIS + (long) (gigabytes * FASTEST_PER_GIGABYTE),
        5 * LEAST_MILLIS + (long) (gigabytes * SLOWEST_PER_GIGABYTE + collection));
  }
}
