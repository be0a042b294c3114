package io.tare.model.proc;

import io.tare.model.AddressRange;
import java.util.Arrays;
import java.util.List;

/**
 * Which pages are present, as pagemap told: disjoint runs in ascending order, within the ranges that were surveyed.
 *
 * <p>A present page may be the kernel's zero page, which RSS does not count: use these runs to split a mapping's RSS, never in
 * place of it.
 */
public final class ResidentPages {
  public static final ResidentPages NONE = new ResidentPages(List.of(), new long[0], new long[0]);

  private final List<AddressRange> surveyed;
  private final long[] starts;
  private final long[] ends;
  private final long[] bytesBefore;

  /**
   * @param surveyed the ranges that were looked at, ascending and disjoint
   * @param starts of the runs of present pages, ascending
   * @param ends of the same runs
   */
  public ResidentPages(List<AddressRange> surveyed, long[] starts, long[] ends) {
    if (starts.length != ends.length) {
      throw new IllegalArgumentException(starts.length + " starts but " + ends.length + " ends");
    }
    this.surveyed = List.copyOf(surveyed);
    this.starts = starts.clone();
    this.ends = ends.clone();
    this.bytesBefore = new long[starts.length + 1];
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] >= ends[i] || (i > 0 && starts[i] < ends[i - 1])) {
        throw new IllegalArgumentException("run " + i + " is empty or out of order");
      }
      bytesBefore[i + 1] = bytesBefore[i] + ends[i] - starts[i];
    }
  }

  public List<AddressRange> surveyed() {
    return surveyed;
  }

  public int runs() {
    return starts.length;
  }

  public AddressRange run(int index) {
    return new AddressRange(starts[index], ends[index]);
  }

  /** The first run that reaches into the range or lies behind it; {@link #runs} when there is none. */
  public int firstRunIn(AddressRange range) {
    int found = Arrays.binarySearch(ends, range.start());
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Whether the whole range lies within one surveyed range. */
  public boolean covers(AddressRange range) {
    int low = 0;
    int high = surveyed.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      AddressRange candidate = surveyed.get(middle);
      if (candidate.contains(range)) {
        return true;
      }
      if (Long.compareUnsigned(candidate.start(), range.start()) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }

  /** Present bytes within the range. */
  public long presentBytes(AddressRange range) {
    return presentBelow(range.end()) - presentBelow(range.start());
  }

  private long presentBelow(long address) {
    int found = Arrays.binarySearch(starts, address);
    int before = found >= 0 ? found : -found - 1;
    if (before == 0) {
      return 0;
    }
    long lastRun = Math.min(ends[before - 1], address) - starts[before - 1];
    return bytesBefore[before - 1] + lastRun;
  }
}
