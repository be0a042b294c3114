package io.tare.cases.faults.overtime;

import io.tare.cases.faults.self.RawMemory;

/**
 * As much native memory in use all the time, but of small blocks every other one is freed and a larger one taken instead, which
 * does not fit into the holes: freed memory piles up in the allocator.
 */
final class FragmentationPlot implements Plot {
  private static final int SMALL = 1000;
  private static final int LARGE = 4000;
  private static final long ALL = 32 << 20;

  private final long[] blocks = new long[(int) (ALL / SMALL)];
  private final long perMinute;
  private int next;

  FragmentationPlot(long perMinute) {
    this.perMinute = perMinute;
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = RawMemory.allocate(SMALL);
    }
  }

  @Override
  public void reach(double minute) {
    while (next < blocks.length - 8 && next / 2.0 * SMALL < minute * perMinute) {
      for (int freed = 0; freed < LARGE; freed += SMALL) {
        RawMemory.free(blocks[next]);
        next += 2;
      }
      RawMemory.allocate(LARGE);
    }
  }
}
