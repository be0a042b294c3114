package io.tare.model.heap;

import java.util.List;

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
}
