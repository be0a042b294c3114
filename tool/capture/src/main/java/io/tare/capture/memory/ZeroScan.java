package io.tare.capture.memory;

import io.tare.model.AddressRange;
import io.tare.model.alloc.ZeroPages;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Looks for pages that hold nothing but zeros in large anonymous mappings: room that an application's own arena took and does not
 * use. Only present pages are read; of a large mapping an even sample, so that the cost is bounded however large the process is.
 */
public final class ZeroScan {
  /** What is smaller is not worth reading. */
  public static final long SMALLEST_BYTES = 4L << 20;
  private static final int MOST_MAPPINGS = 64;
  private static final int MOST_PAGES_EACH = 8192;
  private static final int MOST_PAGES = 32_768;

  private ZeroScan() {}

  /** The largest mappings first; what the bounds leave no room for is not in the list. */
  public static List<ZeroPages> scan(ProcessMemory memory, Smaps smaps, ResidentPages pages) {
    List<Mapping> largest = smaps.mappings().stream().filter(ZeroScan::isArena)
        .sorted(Comparator.comparingLong((Mapping mapping) -> mapping.bytes().rss()).reversed())
        .limit(MOST_MAPPINGS).toList();
    List<ZeroPages> found = new ArrayList<>();
    long left = MOST_PAGES;
    for (Mapping mapping : largest) {
      long most = Math.min(MOST_PAGES_EACH, left);
      if (most > 0 && pages.covers(mapping.range())) {
        ZeroPages zeros = scan(memory, mapping.range(), pages, most);
        left -= zeros.readPages();
        found.add(zeros);
      }
    }
    return List.copyOf(found);
  }

  private static boolean isArena(Mapping mapping) {
    return mapping.isAnonymous() && mapping.isWritable() && !mapping.isSharedMapping()
        && mapping.bytes().rss() >= SMALLEST_BYTES;
  }

  /** Every page, or every n-th from the middle of the first n on. */
  private static ZeroPages scan(ProcessMemory memory, AddressRange range, ResidentPages pages, long most) {
    int pageBytes = memory.pageBytes();
    long present = pages.presentBytes(range) / pageBytes;
    long step = Math.max(1, (present + most - 1) / most);
    byte[] page = new byte[pageBytes];
    long read = 0;
    long zero = 0;
    long number = 0;
    for (int i = pages.firstRunIn(range); i < pages.runs() && pages.run(i).start() < range.end(); i++) {
      AddressRange run = pages.run(i).intersection(range);
      for (long at = run.start(); at < run.end(); at += pageBytes, number++) {
        if (number % step == step / 2 && memory.readInto(at, page, 0, pageBytes)) {
          read++;
          zero += isZero(page) ? 1 : 0;
        }
      }
    }
    return new ZeroPages(range, pageBytes, Math.max(present, read), read, zero);
  }

  private static boolean isZero(byte[] page) {
    for (byte content : page) {
      if (content != 0) {
        return false;
      }
    }
    return true;
  }
}
