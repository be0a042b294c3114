package io.tare.cases.faults.overtime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Everything at once at one moment: a pool of buffers, a pool of threads, a table in the heap. */
final class StepPlot implements Plot {
  private static final int MB = 1 << 20;
  private static final int BLOCK = 4 << 10;

  private final double at;
  private final List<Object> made = new ArrayList<>();

  StepPlot(double at) {
    this.at = at;
  }

  @Override
  public void reach(double minute) {
    if (minute < at || !made.isEmpty()) {
      return;
    }
    for (int bytes = 0; bytes < 15 * MB; bytes += BLOCK) {
      made.add(new byte[BLOCK]);
    }
    for (int i = 0; i < 16; i++) {
      made.add(ByteBuffer.allocateDirect(MB));
    }
    new ThreadPlot(10).reach(1);
  }
}
