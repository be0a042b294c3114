package io.tare.heap.dominators;

import io.tare.heap.DumpBuilder;
import io.tare.heap.hprof.HeapVisitor.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random heap, as a dump and as the slow reference sees it. */
final class RandomHeap {
  final DumpBuilder dump;
  /** Addresses by index; classes first. */
  final List<Long> addresses = new ArrayList<>();
  /** The class of every object, as an index; -1 for the classes themselves. */
  final List<Integer> classes = new ArrayList<>();
  private final List<int[]> references = new ArrayList<>();
  private final List<Integer> roots = new ArrayList<>();

  RandomHeap(Random random) {
    this(random, false);
  }

  /** Classes that are roots hang on nothing, as those of the boot loader. */
  RandomHeap(Random random, boolean classesAreRoots) {
    dump = DumpBuilder.withIdsOf(random.nextBoolean() ? 8 : 4).objectsPerSegment(1 + random.nextInt(20));
    int classCount = 1 + random.nextInt(4);
    int objectCount = 1 + random.nextInt(40);
    for (int i = 0; i < classCount + objectCount; i++) {
      addresses.add(dump.address(40));
      classes.add(i < classCount ? -1 : random.nextInt(classCount));
    }
    double density = random.nextDouble() * 2.5;
    for (int i = 0; i < addresses.size(); i++) {
      int most = i < classCount ? 2 : 4;
      int count = Math.min(most, (int) (random.nextDouble() * (density + 1) + 0.3));
      references.add(random.ints(count, 0, addresses.size()).toArray());
    }
    int rootCount = 1 + random.nextInt(4);
    for (int i = 0; i < rootCount; i++) {
      roots.add(random.nextInt(addresses.size()));
    }
    for (int i = 0; classesAreRoots && i < classCount; i++) {
      roots.add(i);
    }
    write(classCount);
  }

  private void write(int classCount) {
    for (int i = 0; i < addresses.size(); i++) {
      long[] targets = new long[references.get(i).length];
      for (int k = 0; k < targets.length; k++) {
        targets[k] = addresses.get(references.get(i)[k]);
      }
      if (i < classCount) {
        List<DumpBuilder.Field> statics = new ArrayList<>();
        for (long target : targets) {
          statics.add(DumpBuilder.staticReference("s" + statics.size(), target));
        }
        List<DumpBuilder.Field> own = List.of(
            DumpBuilder.reference("a"), DumpBuilder.reference("b"), DumpBuilder.reference("c"),
            DumpBuilder.reference("d"));
        dump.addClass(addresses.get(i), "test.C" + i, 0, 0, statics, own);
      } else {
        dump.instanceAt(addresses.get(i), addresses.get(classes.get(i)), targets);
      }
    }
    roots.forEach(root -> dump.root(Root.Kind.JNI_GLOBAL, addresses.get(root)));
  }

  /** The same heap by object numbers. */
  SlowHeap slow(java.util.function.LongToIntFunction number) {
    SlowHeap slow = new SlowHeap(addresses.size());
    for (int i = 0; i < addresses.size(); i++) {
      List<Integer> targets = slow.references.get(number.applyAsInt(addresses.get(i)));
      for (int target : references.get(i)) {
        targets.add(number.applyAsInt(addresses.get(target)));
      }
      if (classes.get(i) >= 0) {
        targets.add(number.applyAsInt(addresses.get(classes.get(i))));
      }
    }
    roots.forEach(root -> slow.roots.add(number.applyAsInt(addresses.get(root))));
    return slow;
  }
}
