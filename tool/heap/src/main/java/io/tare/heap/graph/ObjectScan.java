package io.tare.heap.graph;

import io.tare.heap.index.Shapes;
import io.tare.heap.store.Bits;
import java.util.Optional;
import java.util.function.IntConsumer;

/** The objects of some shapes, in the order of their numbers: sixty-four at a time, for mostly few of millions are wanted. */
public final class ObjectScan {
  private final Shapes shapes;
  private final boolean[] wanted;
  private final Optional<Bits> among;
  private final long words;
  private long word = -1;
  private long left;

  /** @param wanted by the number of the shape */
  public ObjectScan(Shapes shapes, boolean[] wanted, Optional<Bits> among) {
    this.shapes = shapes;
    this.wanted = wanted;
    this.among = among;
    this.words = ((long) shapes.objects() + Long.SIZE) / Long.SIZE;
  }

  /** The next one, 0 at the end. */
  public int next() {
    while (left == 0) {
      if (word + 1 >= words) {
        return 0;
      }
      word++;
      long all = shapes.having(wanted, word);
      left = among.isPresent() ? all & among.get().word(word) : all;
    }
    int node = (int) (word << 6) + Long.numberOfTrailingZeros(left);
    left &= left - 1;
    return node;
  }

  /** All that are left. */
  public void each(IntConsumer each) {
    for (int node = next(); node != 0; node = next()) {
      each.accept(node);
    }
  }
}
