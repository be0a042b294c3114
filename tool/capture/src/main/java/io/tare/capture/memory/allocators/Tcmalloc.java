package io.tare.capture.memory.allocators;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.Variables;
import io.tare.capture.memory.Variables.Pointer;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tcmalloc of gperftools, without symbols: a map from pages to spans, found by a vote as spans say their first page themselves;
 * the sizes of classes among the variables; and two layers of freed blocks that spans count as handed out. Each layer proves itself: a
 * thread's lists must add up to the size that it keeps, a class's spans to its count of free blocks.
 */
final class Tcmalloc {
  private static final int PAGE_BITS = 13;
  private static final int LEAF_BITS = 18;
  private static final int CLASSES = 128;
  private static final int[] FIRST_SIZES = {0, 8, 16, 32, 48, 64, 80, 96};
  private static final int MOST_SPANS = 1 << 22;
  private static final int MOST_THREADS = 1 << 14;
  private static final int MOST_SLOTS = 64;
  private static final int LIST_BYTES = 32;
  private static final int CACHE_BYTES = CLASSES * LIST_BYTES;
  private static final int FEWEST_VOTES = 4;
  private static final int MOST_SAMPLES = 64;
  private static final int MOST_MISSES = 8;

  private final AllocatorSearch search;
  private final ProcessMemory memory;
  private final Variables variables;
  private final Map<Long, Span> spans = new HashMap<>();
  private final long[] sizes = new long[CLASSES];
  /** Blocks of each class that were freed, though their spans count them as handed out. */
  private final long[] cached = new long[CLASSES];
  private final long[] freeInSpans = new long[CLASSES];

  private Tcmalloc(AllocatorSearch search, Variables variables) {
    this.search = search;
    this.memory = search.memory();
    this.variables = variables;
  }

  /** What it holds; empty where its structures don't prove themselves. */
  static Optional<AllocatorSearch.Found> find(AllocatorSearch search, Variables variables) {
    return new Tcmalloc(search, variables).find();
  }

  private Optional<AllocatorSearch.Found> find() {
    List<Pointer> pointers = variables.pointers(search.mappings(), Long.BYTES);
    boolean proven = findSizes() && findSpans(pointers) && threadCaches(pointers) && centralLists()
        && !search.isOver();
    if (!proven) {
      return Optional.empty();
    }
    Blocks blocks = new Blocks(memory);
    for (Span span : spans.values()) {
      AddressRange range = AddressRange.ofSize(span.firstPage() << PAGE_BITS, span.pages() << PAGE_BITS);
      long size = sizes[span.sizeClass()];
      long out = span.inUse() ? size == 0 ? range.bytes() : span.handedOut() * size : 0;
      // Which span a cached block belongs to makes no difference to the sum.
      long freed = Math.min(out, cached[span.sizeClass()] * size);
      cached[span.sizeClass()] -= size == 0 ? 0 : freed / size;
      blocks.add(range, out - freed);
    }
    return Optional.of(new AllocatorSearch.Found("tcmalloc", blocks.regions(), List.of()));
  }

  private boolean findSizes() {
    variables.each((address, words) -> {
      for (int at = 0; sizes[1] == 0 && at + CLASSES * Integer.BYTES <= words.limit(); at += Integer.BYTES) {
        if (words.getInt(at + Integer.BYTES) == FIRST_SIZES[1] && isSizes(words, at)) {
          for (int i = 0; i < CLASSES; i++) {
            sizes[i] = Integer.toUnsignedLong(words.getInt(at + i * Integer.BYTES));
          }
        }
      }
    });
    return sizes[1] != 0;
  }

  private static boolean isSizes(ByteBuffer words, int at) {
    for (int i = 0; i < FIRST_SIZES.length; i++) {
      if (words.getInt(at + i * Integer.BYTES) != FIRST_SIZES[i]) {
        return false;
      }
    }
    return true;
  }

  /** {@code first page, pages, next, previous, free blocks, bits}: of the bits 16 count, 8 name the class, 2 say where it is. */
  private record Span(long firstPage, long pages, int handedOut, int sizeClass, boolean inUse) {
    static Optional<Span> read(ProcessMemory memory, long address) {
      long first = memory.u64(address).orElse(0);
      long pages = memory.u64(address + 8).orElse(0);
      long bits = memory.u64(address + 40).orElse(-1);
      int sizeClass = (int) ((bits >>> 16) & 0xff);
      return address % Long.BYTES == 0 && first > 0 && first < 1L << 35 && pages > 0 && pages < 1L << 30 && bits >= 0
          && sizeClass < CLASSES
              ? Optional.of(new Span(first, pages, (int) (bits & 0xffff), sizeClass, ((bits >>> 24) & 3) == 0))
              : Optional.empty();
    }
  }

  private boolean findSpans(List<Pointer> leaves) {
    Map<Long, Integer> roots = new HashMap<>();
    for (Pointer leaf : leaves) {
      if (search.hasRoom(leaf.target(), 1 << LEAF_BITS)) {
        vote(leaf, roots);
      }
    }
    Optional<Map.Entry<Long, Integer>> root = roots.entrySet().stream().max(Map.Entry.comparingByValue())
        .filter(vote -> vote.getValue() >= FEWEST_VOTES);
    for (Pointer leaf : root.isEmpty() ? List.<Pointer>of() : leaves) {
      long high = (leaf.at() - root.get().getKey()) / Long.BYTES;
      if (high >= 0 && high < 1 << 17) {
        search.eachWord(leaf.target(), 1 << LEAF_BITS, (index, word) -> {
          long page = (high << LEAF_BITS) + index;
          if (!spans.containsKey(word)) {
            Span.read(memory, word).filter(span -> span.firstPage() == page).ifPresent(span -> spans.put(word, span));
          }
          return spans.size() < MOST_SPANS && !search.isOver();
        });
      }
    }
    for (Span span : spans.values()) {
      if (span.inUse() && sizes[span.sizeClass()] > 0) {
        long blocks = (span.pages() << PAGE_BITS) / sizes[span.sizeClass()];
        if (span.handedOut() > blocks) {
          return false;
        }
        freeInSpans[span.sizeClass()] += blocks - span.handedOut();
      }
    }
    return !spans.isEmpty();
  }

  /** Where the map's root lies if this is a leaf of it, as the spans that it leads to say. */
  private void vote(Pointer leaf, Map<Long, Integer> roots) {
    int[] samples = {0, 0};
    search.eachWord(leaf.target(), 1 << LEAF_BITS, (index, word) -> {
      Optional<Span> span = Span.read(memory, word).filter(one -> (one.firstPage() & ((1 << LEAF_BITS) - 1)) == index);
      span.ifPresent(one -> roots.merge(leaf.at() - Long.BYTES * (one.firstPage() >>> LEAF_BITS), 1, Integer::sum));
      samples[span.isPresent() ? 1 : 0]++;
      return samples[0] + samples[1] < MOST_SAMPLES && samples[0] < MOST_MISSES + samples[1];
    });
  }

  /** Every thread's cache that can be reached from a variable that points to one. */
  private boolean threadCaches(List<Pointer> pointers) {
    Deque<Long> open = new ArrayDeque<>();
    Set<Long> seen = new HashSet<>();
    pointers.forEach(pointer -> open.add(pointer.target()));
    int found = 0;
    while (!open.isEmpty() && found < MOST_THREADS) {
      long cache = open.poll();
      if (seen.add(cache) && addThreadCache(cache)) {
        found++;
        // The links to its neighbours stand behind the lists, not far away.
        for (int at = CACHE_BYTES; at < CACHE_BYTES + 256; at += Long.BYTES) {
          memory.u64(cache + at).ifPresent(open::add);
        }
      }
    }
    return found > 0;
  }

  private boolean addThreadCache(long cache) {
    if (cache % Long.BYTES != 0 || memory.u32(cache + LIST_BYTES + 24).orElse(0) != sizes[1]) {
      return false;
    }
    Optional<byte[]> bytes = memory.read(cache, CACHE_BYTES + Integer.BYTES);
    if (bytes.isEmpty()) {
      return false;
    }
    ByteBuffer lists = ProcessMemory.inOrder(bytes.get());
    long sum = 0;
    for (int i = 0; i < CLASSES; i++) {
      sum += Integer.toUnsignedLong(lists.getInt(i * LIST_BYTES + 8)) * sizes[i];
    }
    if (sum != lists.getInt(CACHE_BYTES)) {
      return false;
    }
    for (int i = 0; i < CLASSES; i++) {
      cached[i] += lists.getInt(i * LIST_BYTES + 8);
    }
    return true;
  }

  /**
   * Every class's central list: {@code lock, class, spans without and with free blocks, spans, free blocks in them, slots}; each slot
   * holds a chain of freed blocks.
   */
  private boolean centralLists() {
    Set<Integer> seen = new HashSet<>();
    variables.each((address, words) -> {
      for (int at = 0; at + 1168 <= words.limit(); at += Long.BYTES) {
        long sizeClass = words.getLong(at + 8);
        if (sizeClass > 0 && sizeClass < CLASSES && sizes[(int) sizeClass] > 0 && !seen.contains((int) sizeClass)
            && words.getLong(at + 120) == freeInSpans[(int) sizeClass] && isCentral(words, at)) {
          seen.add((int) sizeClass);
          addSlots(words, at, (int) sizeClass);
        }
      }
    });
    for (Span span : spans.values()) {
      if (span.inUse() && sizes[span.sizeClass()] > 0 && !seen.contains(span.sizeClass())) {
        return false;
      }
    }
    return true;
  }

  /** Both lists of spans have heads with links, and the counts of slots are in their order. */
  private static boolean isCentral(ByteBuffer words, int at) {
    int used = words.getInt(at + 1152);
    int now = words.getInt(at + 1156);
    int most = words.getInt(at + 1160);
    return words.getLong(at + 32) != 0 && words.getLong(at + 40) != 0 && words.getLong(at + 80) != 0
        && words.getLong(at + 88) != 0 && used >= 0 && used <= now && now <= most && most <= MOST_SLOTS;
  }

  private void addSlots(ByteBuffer words, int at, int sizeClass) {
    for (int slot = 0; slot < words.getInt(at + 1152); slot++) {
      long block = words.getLong(at + 128 + slot * 16);
      for (int i = 0; block != 0 && i < 1 << 16; i++) {
        cached[sizeClass]++;
        block = memory.u64(block).orElse(0);
      }
    }
  }
}
