package io.tare.formats.proc;

import io.tare.model.AddressRange;
import io.tare.model.proc.ResidentPages;
import java.util.ArrayList;
import java.util.List;

/** Reads surveyed ranges and runs until the end, or until something cannot be true. */
final class PageRunsReader {
  private final Varints.Reader numbers;
  private final int unusedBits;
  private final int most;
  private int brokenAt = -1;

  PageRunsReader(Varints.Reader numbers, int unusedBits, int most) {
    this.numbers = numbers;
    this.unusedBits = unusedBits;
    this.most = most;
  }

  /** Where reading stopped early; negative when it did not. */
  int brokenAt() {
    return brokenAt;
  }

  ResidentPages read() {
    List<AddressRange> surveyed = ranges();
    if (brokenAt >= 0) {
      return ResidentPages.NONE;
    }
    List<AddressRange> runs = ranges();
    long[] starts = runs.stream().mapToLong(AddressRange::start).toArray();
    long[] ends = runs.stream().mapToLong(AddressRange::end).toArray();
    long known = ends.length == 0 ? 0 : ends[ends.length - 1];
    return new ResidentPages(brokenAt < 0 ? surveyed : below(surveyed, known), starts, ends);
  }

  private List<AddressRange> ranges() {
    long count = numbers.next();
    List<AddressRange> ranges = new ArrayList<>();
    long end = 0;
    while (ranges.size() < count && brokenAt < 0) {
      int before = numbers.at();
      long start = sum(end, numbers.next());
      end = sum(start, numbers.next());
      if (numbers.broken() || start < 0 || end <= start || ranges.size() >= most) {
        brokenAt = before;
      } else {
        ranges.add(new AddressRange(start, end));
      }
    }
    if (numbers.broken() || count < 0) {
      brokenAt = brokenAt < 0 ? numbers.at() : brokenAt;
    }
    return ranges;
  }

  /** The address so many units further; negative beyond the half of the address space that a process has. */
  private long sum(long address, long units) {
    long bytes = units << unusedBits;
    return address < 0 || units < 0 || bytes >>> unusedBits != units || bytes < 0 ? -1 : address + bytes;
  }

  private static List<AddressRange> below(List<AddressRange> ranges, long end) {
    AddressRange known = new AddressRange(0, end);
    return ranges.stream().map(known::intersection).filter(range -> !range.isEmpty()).toList();
  }
}
