package io.tare.model.heap;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What has grown from one dump to another.
 *
 * @param classes biggest growth first, then what shrank
 * @param holders the places where the growth is, biggest first
 */
public record HeapDiff(
    DumpFacts before,
    DumpFacts after,
    Growth objects,
    Growth shallowBytes,
    List<ClassGrowth> classes,
    List<HolderGrowth> holders,
    List<SuspectGrowth> suspects,
    List<String> notes) {
  public HeapDiff {
    classes = List.copyOf(classes);
    holders = List.copyOf(holders);
    suspects = List.copyOf(suspects);
    notes = List.copyOf(notes);
  }

  /**
   * The objects of one class in two dumps.
   *
   * @param retainedBytes empty if one of the dumps does not tell
   */
  public record ClassGrowth(String name, Growth objects, Growth shallowBytes, Optional<Growth> retainedBytes) {
    /** What counts for the order: retained bytes where both are known. */
    public long delta() {
      return retainedBytes.orElse(shallowBytes).delta();
    }
  }

  /**
   * A number before and after.
   */
  public record Growth(long before, long after) {
    public long delta() {
      return after - before;
    }
  }

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

  /**
   * A place where much of the heap hangs, in one of two dumps or in both.
   *
   * @param before empty where it was no suspect: something may hang there all the same
   */
  public record SuspectGrowth(String holder, String piledUpClass, Optional<Pile> before, Optional<Pile> after) {
    public record Pile(long objects, long retainedBytes) {}

    /** Where it is a suspect in both. */
    public Optional<Growth> objects() {
      return growth(Pile::objects);
    }

    /** Where it is a suspect in both. */
    public Optional<Growth> retainedBytes() {
      return growth(Pile::retainedBytes);
    }

    private Optional<Growth> growth(ToLongFunction<Pile> number) {
      return before.flatMap(old -> after.map(now -> new Growth(number.applyAsLong(old), number.applyAsLong(now))));
    }
  }
}
