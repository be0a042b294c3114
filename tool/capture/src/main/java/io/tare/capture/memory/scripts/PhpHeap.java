package io.tare.capture.memory.scripts;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * PHP's memory manager, version 7 on: chunks of 2 MB in a ring, each of which names its heap in its first word; the heap lies in the first
 * chunk, names that chunk, and counts what {@code memory_get_usage()} says. It is believed where its count of chunks is the ring's, and its
 * count of bytes that of its chunks and huge blocks.
 */
final class PhpHeap {
  private static final long CHUNK = 2 << 20;
  /** A chunk's first page describes the others. */
  private static final long HEAD = 4096;
  private static final int WORDS_OF_HEAP = 64;
  private static final int SIZE = 2;
  private static final int MOST_CHUNKS = 1 << 19;
  private static final int MOST_HUGE = 1 << 18;
  private static final int REAL_BEFORE = 5;
  private static final int REAL_FURTHER_BEFORE = 7;

  private final ProcessMemory memory;
  /** Where each stretch of anonymous memory begins and ends, mappings side by side taken together. */
  private final TreeMap<Long, Long> stretches = new TreeMap<>();
  private final ScriptHeap found = new ScriptHeap();

  private PhpHeap(ProcessMemory memory, Smaps smaps) {
    this.memory = memory;
    long start = 0;
    for (Mapping mapping : ScriptHeap.anonymous(smaps)) {
      boolean goesOn = !stretches.isEmpty() && stretches.lastEntry().getValue() == mapping.range().start();
      start = goesOn ? start : mapping.range().start();
      stretches.put(start, mapping.range().end());
    }
  }

  static ScriptHeap read(ProcessMemory memory, Smaps smaps) {
    PhpHeap php = new PhpHeap(memory, smaps);
    Set<Long> heaps = new LinkedHashSet<>();
    for (Mapping mapping : ScriptHeap.anonymous(smaps)) {
      for (long at = up(mapping.range().start()); at + CHUNK <= mapping.range().end(); at += CHUNK) {
        long heap = memory.u64(at).orElse(0);
        if (heap > at && heap < at + HEAD && heap % Long.BYTES == 0 && heaps.add(heap)) {
          php.heap(heap, at);
        }
      }
    }
    return php.found;
  }

  private static long up(long address) {
    return (address + CHUNK - 1) & -CHUNK;
  }

  /** @param main the chunk in which it lies */
  private void heap(long heap, long main) {
    Optional<ByteBuffer> words = memory.read(heap, WORDS_OF_HEAP * Long.BYTES).map(ProcessMemory::inOrder);
    for (int word = SIZE + 30; words.isPresent() && word + 3 < WORDS_OF_HEAP; word++) {
      if (word(words.get(), word) == main && adopt(words.get(), word, main)) {
        return;
      }
    }
  }

  private static long word(ByteBuffer words, int at) {
    return words.getLong(at * Long.BYTES);
  }

  /**
   * @param self the word that names the main chunk; before it stand real size, its peak, the limit, since 8.2.36 two words more, the overflow
   *     and the list of huge blocks, behind it the chunks kept for later and how many there are of both
   */
  private boolean adopt(ByteBuffer words, int self, long main) {
    List<Long> chunks = ring(main);
    List<Long> kept = chain(word(words, self + 1));
    List<AddressRange> huge = huge(word(words, self - 1));
    long hugeBytes = huge.stream().mapToLong(AddressRange::bytes).sum();
    int count = words.getInt((self + 2) * Long.BYTES);
    int keptCount = words.getInt((self + 3) * Long.BYTES);
    long size = word(words, SIZE);
    long real = ((long) count + keptCount) * CHUNK + hugeBytes;
    boolean isReal = word(words, self - REAL_BEFORE) == real || word(words, self - REAL_FURTHER_BEFORE) == real;
    if (chunks.size() != count || kept.size() != keptCount || !isReal || size < 0 || size > real) {
      return false;
    }
    found.add("chunks", chunks.stream().map(PhpHeap::range).toList(), resident(chunks), size - hugeBytes,
        chunks.size() * HEAD);
    found.add("chunks kept for later", kept.stream().map(PhpHeap::range).toList(), resident(kept), 0, 0);
    huge.forEach(
        block -> found.add("huge blocks", List.of(block), ScriptHeap.resident(memory, block), block.bytes(), 0));
    return true;
  }

  private static AddressRange range(long chunk) {
    return AddressRange.ofSize(chunk, CHUNK);
  }

  private long resident(List<Long> chunks) {
    return chunks.stream().mapToLong(chunk -> ScriptHeap.resident(memory, range(chunk))).sum();
  }

  /** From the main chunk forwards, until it comes round; empty if one does not point back. */
  private List<Long> ring(long main) {
    List<Long> chunks = new ArrayList<>();
    long at = main;
    do {
      long next = memory.u64(at + Long.BYTES).orElse(0);
      if (next <= 0 || next % CHUNK != 0 || chunks.size() >= MOST_CHUNKS
          || memory.u64(next + 2 * Long.BYTES).orElse(0) != at) {
        return List.of();
      }
      chunks.add(at);
      at = next;
    } while (at != main);
    return chunks;
  }

  private List<Long> chain(long first) {
    List<Long> chunks = new ArrayList<>();
    for (long at = first; at > 0 && at % CHUNK == 0 && chunks.size() < MOST_CHUNKS; at = memory.u64(at + Long.BYTES)
        .orElse(0)) {
      chunks.add(at);
    }
    return chunks;
  }

  private boolean isAnonymous(long start, long bytes) {
    Map.Entry<Long, Long> stretch = stretches.floorEntry(start);
    return stretch != null && start + bytes <= stretch.getValue();
  }

  /** Each is told by three words: where, how many bytes, the next one. */
  private List<AddressRange> huge(long first) {
    List<AddressRange> blocks = new ArrayList<>();
    long at = first;
    while (at > 0 && at % Long.BYTES == 0 && blocks.size() < MOST_HUGE) {
      long start = memory.u64(at).orElse(0);
      long bytes = memory.u64(at + 8).orElse(0);
      if (start <= 0 || bytes <= 0 || start % CHUNK != 0 || start > Long.MAX_VALUE - bytes
          || !isAnonymous(start, bytes)) {
        break;
      }
      blocks.add(AddressRange.ofSize(start, bytes));
      at = memory.u64(at + 16).orElse(0);
    }
    return blocks;
  }
}
