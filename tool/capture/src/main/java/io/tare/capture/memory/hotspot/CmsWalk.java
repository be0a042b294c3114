package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.hotspot.HeapWalk.SerialWalk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

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
    long space = vm.word(SerialWalk.old(vm, heap), "ConcurrentMarkSweepGeneration._cmsSpace");
    CmsWalk walk = new CmsWalk(vm, space);
    walk.chunks(vm.word(space, "CompactibleFreeListSpace._dictionary"));
    SerialWalk.young(vm, layout, heap);
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
