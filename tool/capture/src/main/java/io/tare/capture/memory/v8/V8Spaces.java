package io.tare.capture.memory.v8;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.v8.V8Page.Layout;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What is in use of one heap's pages: what each says of itself, and where the heap makes objects right now. */
final class V8Spaces {
  /** The heap is a part of its isolate, which holds the allocation areas before and behind it. */
  private static final int BEFORE_HEAP_BYTES = 70_000;
  private static final int BEHIND_HEAP_BYTES = 8_000;
  private static final int WORDS_OF_SPACE = 64;
  private static final int WORDS_WITH_LINKS = 64;
  private static final int YOUNG = 1;

  private final ProcessMemory memory;
  private final List<V8Page> pages;
  private final Map<Long, V8Page> byAddress = new HashMap<>();
  private Optional<YoungTop> youngTop = Optional.empty();

  /** How far the young generation is filled: pages before this one wholly, this one up to here, none behind it. */
  private record YoungTop(V8Page page, long top) {}

  V8Spaces(ProcessMemory memory, long heap, List<V8Page> pages) {
    this.memory = memory;
    this.pages = List.copyOf(pages);
    pages.forEach(page -> byAddress.put(page.range().start(), page));
    allocationAreas(heap & -Long.BYTES);
  }

  /** Each area is three words: its start, the next free byte, its end. */
  private void allocationAreas(long heap) {
    AddressRange around = new AddressRange(Math.max(Long.BYTES, heap - BEFORE_HEAP_BYTES) & -Long.BYTES,
        heap + BEHIND_HEAP_BYTES);
    for (AddressRange run : memory.presentRuns(around)) {
      Optional<ByteBuffer> words = memory.read(run.start(), (int) run.bytes()).map(ProcessMemory::inOrder);
      for (int at = 0; words.isPresent() && at + 3 * Long.BYTES <= words.get().limit(); at += Long.BYTES) {
        area(words.get().getLong(at), words.get().getLong(at + 8), words.get().getLong(at + 16));
      }
    }
  }

  private void area(long start, long top, long end) {
    boolean ordered = start > 0 && start <= top && top <= end && start < end
        && (start | top | end) % Long.BYTES == 0;
    V8Page page = ordered ? byAddress.get(start & -V8Page.ALIGNMENT) : null;
    if (page == null || !page.area().contains(start) || end > page.area().end()) {
      return;
    }
    if (isYoung(page) && page.isInToSpace() && youngTop.isEmpty()) {
      youngTop = Optional.of(new YoungTop(page, top));
    }
  }

  int id(V8Page page) {
    return (int) memory.u8(page.space() + 2 * Long.BYTES).orElse(-1);
  }

  boolean isYoung(V8Page page) {
    return id(page) == YOUNG;
  }

  /** Bytes in use of each page; a page of which that can't be told is left out. */
  Map<V8Page, Long> used() {
    Map<V8Page, Long> used = new HashMap<>();
    for (V8Page page : pages) {
      if (!isYoung(page)) {
        used.put(page, page.allocatedBytes());
      } else if (!page.isInToSpace()) {
        used.put(page, 0L);
      }
    }
    youngTop.ifPresent(top -> young(top, used));
    return used;
  }

  private void young(YoungTop top, Map<V8Page, Long> used) {
    List<V8Page> young = pages.stream().filter(page -> isYoung(page) && page.isInToSpace()).toList();
    Map<Long, V8Page> described = new HashMap<>();
    young.forEach(page -> described.put(page.description(), page));
    OptionalLong link = young.size() == 1 ? OptionalLong.of(0) : link(described);
    if (link.isEmpty()) {
      return;
    }
    young.forEach(page -> used.put(page, 0L));
    used.put(top.page(), top.top() - top.page().area().start());
    V8Page before = top.page();
    for (int steps = 1; steps < young.size(); steps++) {
      before = described.get(memory.u64(before.description() + link.getAsLong() + Long.BYTES).orElse(0));
      if (before == null || before.equals(top.page())) {
        break;
      }
      used.put(before, before.area().bytes());
    }
  }

  /** Where the pages of a space point to the next one, and right behind that to the one before: the place where all but the last do. */
  private OptionalLong link(Map<Long, V8Page> described) {
    for (long at = 0; at < WORDS_WITH_LINKS * Long.BYTES; at += Long.BYTES) {
      long linked = 0;
      for (long description : described.keySet()) {
        long next = memory.u64(description + at).orElse(0);
        boolean goesBack = described.containsKey(next) && next != description
            && memory.u64(next + at + Long.BYTES).orElse(0) == description;
        linked += goesBack ? 1 : 0;
      }
      if (linked == described.size() - 1) {
        return OptionalLong.of(at);
      }
    }
    return OptionalLong.empty();
  }

  /** Whether each space counts as many bytes itself as its pages have: all of them were found, and nothing else. */
  boolean addUp() {
    Map<Long, Long> bytes = new HashMap<>();
    pages.stream().filter(page -> !isYoung(page))
        .forEach(page -> bytes.merge(page.space(), page.range().bytes(), Long::sum));
    return bytes.entrySet().stream().allMatch(space -> counts(space.getKey(), space.getValue()));
  }

  private boolean counts(long space, long bytes) {
    for (int word = 0; word < WORDS_OF_SPACE; word++) {
      if (memory.u64(space + (long) word * Long.BYTES).orElse(0) == bytes) {
        return true;
      }
    }
    return false;
  }

  /** What the heap's own statistics call the space of this number. */
  static String name(Layout layout, int id) {
    List<String> large = List.of("new_large_object_space", "large_object_space", "code_large_object_space");
    int firstLarge = layout == Layout.IN_PAGE ? 5 : 7;
    return switch (id) {
      case YOUNG -> "new_space";
      case 2 -> "old_space";
      case 3 -> "code_space";
      case 4 -> "shared_space";
      default -> id >= firstLarge && id < firstLarge + large.size()
          ? large.get(id - firstLarge)
          : layout == Layout.DESCRIBED_ELSEWHERE && id == 5 ? "trusted_space" : "space_" + id;
    };
  }
}
