package io.tare.capture.kernel;

import io.tare.capture.kernel.SystemCall.Open;
import io.tare.model.AddressRange;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * The {@code PAGEMAP_SCAN} request (Linux 6.7 and later): present pages as runs. Its cost goes with the resident pages, not with
 * the size of the mapping, so that a mapping of terabytes is no burden.
 */
public final class PagemapScan implements AutoCloseable {
  /** {@code _IOWR('f', 16, struct pm_scan_arg)}. */
  private static final long REQUEST = 0xC0606610L;
  private static final long PRESENT = 1 << 3;
  private static final int ARGUMENT_BYTES = 96;
  private static final int WALK_END_AT = 32;
  private static final int REGION_BYTES = 24;
  private static final int REGIONS = 4096;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment argument = arena.allocate(ARGUMENT_BYTES, Long.BYTES);
  private final MemorySegment regions = arena.allocate((long) REGION_BYTES * REGIONS, Long.BYTES);
  private final Descriptor descriptor;

  private PagemapScan(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** Receives a run of present pages, {@code [start, end)}. */
  public interface Runs {
    void add(long start, long end);
  }

  public static PagemapScan open(Path pagemap) throws IOException {
    return new PagemapScan(Descriptor.open(pagemap, Open.READ_ONLY));
  }

  /** Hands over the present runs of the range, ascending; a long run may come in pieces that touch. */
  public void scan(AddressRange range, Runs runs) throws IOException {
    long at = range.start();
    while (Long.compareUnsigned(at, range.end()) < 0) {
      long reached = step(at, range.end(), runs);
      if (reached <= at) {
        throw new IOException("the scan does not advance at " + Long.toHexString(at));
      }
      at = reached;
    }
  }

  private long step(long from, long to, Runs runs) throws IOException {
    argument.fill((byte) 0);
    long[] fields = {ARGUMENT_BYTES, 0, from, to, 0, regions.address(), REGIONS, 0, 0, PRESENT, 0, PRESENT};
    MemorySegment.copy(fields, 0, argument, ValueLayout.JAVA_LONG, 0, fields.length);
    long found = SystemCall.IOCTL.call(descriptor.number(), REQUEST, argument.address()).orThrow("PAGEMAP_SCAN");
    for (int i = 0; i < found; i++) {
      long region = (long) i * REGION_BYTES;
      runs.add(regions.get(ValueLayout.JAVA_LONG, region),
          regions.get(ValueLayout.JAVA_LONG, region + Long.BYTES));
    }
    return argument.get(ValueLayout.JAVA_LONG, WALK_END_AT);
  }

  @Override
  public void close() {
    arena.close();
    descriptor.close();
  }
}
