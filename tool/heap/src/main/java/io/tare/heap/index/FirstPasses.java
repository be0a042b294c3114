package io.tare.heap.index;

import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.Root;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all threads gathered on the first walk, put together in an order that does not depend on the threads. */
record FirstPasses(
    List<Root> roots, List<ClassDump> classes, List<Piece> pieces, Map<Long, ClassTally> tallies, Layout layout) {

  static FirstPasses merge(List<FirstPass> passes, int idBytes) {
    List<Root> roots = new ArrayList<>();
    List<ClassDump> classes = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    Map<Long, ClassTally> tallies = new HashMap<>();
    ArrayGaps gaps = new ArrayGaps();
    for (FirstPass pass : passes) {
      roots.addAll(pass.roots);
      classes.addAll(pass.classes);
      pieces.addAll(pass.pieces);
      gaps.add(pass.gaps);
      pass.tallies
          .forEach((id, tally) -> tallies.computeIfAbsent(id, key -> new ClassTally(id, tally.array)).add(tally));
    }
    roots.sort(
        Comparator.comparing(Root::kind)
            .thenComparingLong(Root::objectId)
            .thenComparingInt(Root::threadSerial)
            .thenComparingInt(Root::frame));
    pieces.sort(Comparator.comparingLong(Piece::from));
    return new FirstPasses(roots, classes, pieces, tallies, Layout.detect(gaps, idBytes));
  }
}
