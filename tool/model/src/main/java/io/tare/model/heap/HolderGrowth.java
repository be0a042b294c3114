package io.tare.model.heap;

import java.util.List;

/**
 * What hangs below one place of the dominator tree, in two dumps. Objects of the same classes below the same place are one place.
 *
 * @param way classes from a root down to the place
 * @param piledUpClass what has grown most directly below it; {@code objects} counts those
 * @param heldBy the way in words, with fields, as the second dump has it; empty where nothing is there any more
 */
public record HolderGrowth(
    List<String> way, String heldBy, String piledUpClass, Growth objects, Growth retainedBytes) {
  public HolderGrowth {
    way = List.copyOf(way);
  }
}
