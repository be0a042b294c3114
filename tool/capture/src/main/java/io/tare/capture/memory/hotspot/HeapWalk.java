package io.tare.capture.memory.hotspot;

import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** The reservation of the heap and its parts, by the collector that the flags name. */
final class HeapWalk {
  private HeapWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    long heap = vm.staticWord("Universe._collectedHeap");
    long start = vm.word(heap, "CollectedHeap._reserved");
    long words = vm.word(vm.at(heap, "CollectedHeap._reserved") + vm.offset("MemRegion._word_size"));
    layout.region(Purpose.HEAP, "Java heap", start, start + 8 * words);
    layout.number("flag.MaxHeapSize").ifPresent(bytes -> layout.fact("heap.max", bytes));
    collections(vm, layout, heap);
    switch (layout.fact("collector").orElse("")) {
      case "G1" -> RegionsWalk.G1Walk.walk(vm, layout, heap);
      case "Serial" -> SerialWalk.walk(vm, layout, heap);
      case "Parallel" -> ParallelWalk.walk(vm, layout, heap);
      case "ConcMarkSweep" -> CmsWalk.walk(vm, layout, heap);
      case "Shenandoah" -> RegionsWalk.ShenandoahWalk.walk(vm, layout, heap);
      case "ZGC" -> ZgcWalk.walk(vm, layout, heap);
      case "Epsilon" -> Spaces.contiguous(vm, layout, "heap", vm.word(heap, "EpsilonHeap._space"));
      default -> throw new Unreadable("the heap's parts of this collector are not known");
    }
  }

  private static void collections(Vm vm, Layout layout, long heap) throws Unreadable {
    if (vm.has("CollectedHeap._total_collections")) {
      layout.fact("gc.count", vm.u32(vm.at(heap, "CollectedHeap._total_collections")));
    }
  }

  /** Serial's two generations: eden, two survivor spaces, and the tenured space. */
  static final class SerialWalk {
    private SerialWalk() {}

    static void walk(Vm vm, Layout layout, long heap) throws Unreadable {
      young(vm, layout, heap);
      Spaces.contiguous(vm, layout, "old", vm.word(old(vm, heap), "TenuredGeneration._the_space",
          "OneContigSpaceCardGeneration._the_space"));
    }

    static void young(Vm vm, Layout layout, long heap) throws Unreadable {
      long young = young(vm, heap);
      Spaces.contiguous(vm, layout, "eden", vm.word(young, "DefNewGeneration._eden_space"));
      Spaces.contiguous(vm, layout, "survivor", vm.word(young, "DefNewGeneration._from_space"));
      Spaces.contiguous(vm, layout, "survivor", vm.word(young, "DefNewGeneration._to_space"));
    }

    static long young(Vm vm, long heap) throws Unreadable {
      return generation(vm, heap, 0, "SerialHeap._young_gen", "GenCollectedHeap._young_gen");
    }

    static long old(Vm vm, long heap) throws Unreadable {
      return generation(vm, heap, 1, "SerialHeap._old_gen", "GenCollectedHeap._old_gen");
    }

    /** JDK 8 keeps its generations in an array. */
    private static long generation(Vm vm, long heap, int index, String... fields) throws Unreadable {
      return vm.has(fields) || !vm.has("GenCollectedHeap._gens")
          ? vm.word(heap, fields)
          : vm.word(vm.at(heap, "GenCollectedHeap._gens") + 8L * index);
    }
  }
}

/** Parallel's two generations: static until JDK 27. */
final class ParallelWalk {
  private ParallelWalk() {}

  static void walk(Vm vm, Layout layout, long heap) throws Unreadable {
    long young = vm.word(heap, "ParallelScavengeHeap._young_gen");
    Spaces.mutable(vm, layout, "eden", vm.word(young, "PSYoungGen._eden_space"));
    Spaces.mutable(vm, layout, "survivor", vm.word(young, "PSYoungGen._from_space"));
    Spaces.mutable(vm, layout, "survivor", vm.word(young, "PSYoungGen._to_space"));
    long old = vm.word(heap, "ParallelScavengeHeap._old_gen");
    Spaces.mutable(vm, layout, "old", vm.word(old, "PSOldGen._object_space"));
  }
}

/** Spaces that fill from their bottom to their end. */
final class Spaces {
  private Spaces() {}

  static void contiguous(Vm vm, Layout layout, String role, long space) throws Unreadable {
    layout.part(role, vm.word(space, "ContiguousSpace._bottom", "Space._bottom"),
        vm.word(space, "ContiguousSpace._top"), vm.word(space, "ContiguousSpace._end", "Space._end"));
  }

  static void mutable(Vm vm, Layout layout, String role, long space) throws Unreadable {
    layout.part(role, vm.word(space, "MutableSpace._bottom", "ImmutableSpace._bottom"),
        vm.word(space, "MutableSpace._top"),
        vm.word(space, "MutableSpace._end", "ImmutableSpace._end"));
  }
}

/**
 * The heap of the concurrent mark-sweep collector (until JDK 13). Its old space has no top: free chunks lie anywhere in it, the large
 * ones in a tree of lists by size. No table tells how the tree's nodes are laid out; the walk is believed when the chunks it finds
 * add up to the tree's own total.
 */
final class CmsWalk {
  private static final int SMALLEST_WORDS = 257;
  private static final int MOST_CHUNKS = 200_000;
  private static final int SIZE_AT = 16;
  private static final int FIRST_LINK_AT = 32;
  private static final int LAST_LINK_AT = 160;

  private final Vm vm;
  private final long bottom;
  private final long end;
  private final TreeMap<Long, Long> free = new TreeMap<>();
  private long freeWords;

  private CmsWalk(Vm vm, long space) throws Unreadable {
    this.vm = vm;
    this.bottom = vm.word(space, "Space._bottom");
    this.end = vm.word(space, "Space._end");
  }

  static void walk(Vm vm, Layout layout, long heap) throws Unreadable {
    long space = vm.word(HeapWalk.SerialWalk.old(vm, heap), "ConcurrentMarkSweepGeneration._cmsSpace");
    CmsWalk walk = new CmsWalk(vm, space);
    walk.chunks(vm.word(space, "CompactibleFreeListSpace._dictionary"));
    HeapWalk.SerialWalk.young(vm, layout, heap);
    walk.parts(layout);
  }

  private void chunks(long dictionary) throws Unreadable {
    long words = vm.word(dictionary, "AFLBinaryTreeDictionary._total_size");
    long root = vm.word(dictionary + vm.sizeOf("AFLBinaryTreeDictionary") - 8);
    if (root != 0) {
      tree(root, links(root));
    }
    // The process allocates while it is read.
    if (Math.abs(words - freeWords) > (end - bottom) / 8 / 50) {
      throw new Unreadable("the free chunks of the old space: " + freeWords + " of " + words + " words are found");
    }
  }

  /** Where in a node its left child is; its right child follows, its parent comes before. A tree of one node needs none. */
  private OptionalInt links(long root) throws Unreadable {
    for (int at = FIRST_LINK_AT + 8; at <= LAST_LINK_AT; at += 8) {
      long left = vm.word(root + at);
      long right = vm.word(root + at + 8);
      long child = left == 0 ? right : left;
      if (isNode(child) && vm.memory().u64(child + at - 8).orElse(0) == root) {
        return OptionalInt.of(at);
      }
    }
    return OptionalInt.empty();
  }

  private void tree(long root, OptionalInt links) throws Unreadable {
    Set<Long> seen = new HashSet<>();
    Deque<Long> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty() && free.size() < MOST_CHUNKS && !vm.memory().budgetExceeded()) {
      long node = open.removeFirst();
      if (isNode(node) && seen.add(node)) {
        list(node);
        if (links.isPresent()) {
          open.add(vm.word(node + links.getAsInt()));
          open.add(vm.word(node + links.getAsInt() + 8));
        }
      }
    }
  }

  /** A node lies in the first chunk of its list and begins with the list's head. */
  private boolean isNode(long node) {
    long words = inOldSpace(node) ? vm.memory().u64(node + SIZE_AT).orElse(0) : 0;
    return words >= SMALLEST_WORDS && words <= (end - bottom) / 8
        && inOldSpace(vm.memory().u64(node).orElse(0));
  }

  private boolean inOldSpace(long address) {
    return address >= bottom && address < end && (address & 7) == 0;
  }

  private void list(long node) throws Unreadable {
    long words = vm.word(node + SIZE_AT);
    long chunk = vm.word(node);
    while (inOldSpace(chunk) && chunk + 8 * words <= end && free.size() < MOST_CHUNKS
        && free.putIfAbsent(chunk, chunk + 8 * words) == null) {
      freeWords += words;
      chunk = vm.word(chunk, "FreeChunk._next");
    }
  }

  /** What lies between the free chunks is used. */
  private void parts(Layout layout) {
    long at = bottom;
    for (Map.Entry<Long, Long> chunk : free.entrySet()) {
      if (chunk.getKey() >= at) {
        layout.part("old", at, chunk.getKey(), chunk.getValue());
        at = chunk.getValue();
      }
    }
    layout.part("old", at, end, end);
  }
}
