package io.tare.capture.memory.allocators;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.programs.WrittenMemory;
import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.proc.Smaps;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** tcmalloc's spans, lists and caches, written by hand. */
class TcmallocTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(1));
  private static final long VARIABLES = 0x7f10_0000_0000L;
  private static final long SIZES = VARIABLES + 4096;
  private static final long CENTRAL = VARIABLES + 8192;
  private static final long THREADS = VARIABLES + 16384;
  private static final long ROOT = VARIABLES + (1 << 20);
  private static final long TABLES = 0x7e00_0000_0000L;
  private static final long CACHE = TABLES + (4 << 20);
  private static final long SPANS = TABLES + (5 << 20);
  private static final long HEAP = 0x7f00_0000_0000L;
  private static final int PAGE = 8192;
  private static final int CLASS_OF_64 = 5;

  private final WrittenMemory memory = new WrittenMemory();
  private long nextSpan = SPANS;
  private long nextPage = HEAP / PAGE;

  TcmallocTest() {
    memory.fill(AddressRange.ofSize(VARIABLES, 32768));
    int[] sizes = {0, 8, 16, 32, 48, 64, 80, 96, 112};
    for (int i = 0; i < sizes.length; i++) {
      memory.putInt(SIZES + i * 4L, sizes[i]);
    }
    memory.put(ROOT + 8 * (nextPage >>> 18), TABLES).put(THREADS, CACHE);
    // Each list of the one thread's cache knows the size of its blocks; ten of 64 bytes are in it.
    memory.fill(AddressRange.ofSize(CACHE, 8192));
    for (int i = 0; i < sizes.length; i++) {
      memory.putInt(CACHE + i * 32L + 24, sizes[i]);
    }
    memory.putInt(CACHE + CLASS_OF_64 * 32 + 8, 10).putInt(CACHE + 4096, 640);
  }

  /** A span at the next pages. */
  private void span(int pages, int handedOut, int sizeClass, int location) {
    memory.put(nextSpan, nextPage).put(nextSpan + 8, pages)
        .put(nextSpan + 40, handedOut | (long) sizeClass << 16 | (long) location << 24);
    memory.put(TABLES + (nextPage & ((1 << 18) - 1)) * 8, nextSpan);
    memory.fill(AddressRange.ofSize(nextPage * PAGE, (long) pages * PAGE));
    nextSpan += 48;
    nextPage += pages;
  }

  /** The central list of the blocks of 64 bytes, with a chain of three in its one slot. */
  private void central(long freeInSpans) {
    memory.put(CENTRAL + 8, CLASS_OF_64).put(CENTRAL + 120, freeInSpans);
    for (int link : new int[] {32, 40, 80, 88}) {
      memory.put(CENTRAL + link, CENTRAL + 16);
    }
    memory.put(CENTRAL + 128, HEAP).put(HEAP, HEAP + 64).put(HEAP + 64, HEAP + 128).put(HEAP + 128, 0);
    memory.putInt(CENTRAL + 1152, 1).putInt(CENTRAL + 1156, 2).putInt(CENTRAL + 1160, 64);
  }

  private MallocReading walk() {
    return ForeignAllocators.walk(memory, new Smaps(List.of(Mappings.anonymous(TABLES, 6 << 20),
        Mappings.anonymous(HEAP, 1 << 20), Mappings.file(VARIABLES, 4 << 20, "rw-p", "/usr/lib/libtcmalloc.so.4"))),
        PLENTY, false).value();
  }

  @Test
  void whatThreadsAndTheTransferCacheHoldIsFree() {
    span(1, 100, CLASS_OF_64, 0);
    span(1, 128, CLASS_OF_64, 0);
    span(3, 1, 0, 0);
    span(4, 0, 0, 1);
    central(28);
    MallocReading reading = walk();
    assertThat(reading.walked()).contains("tcmalloc");
    long used = (100 + 128 - 10 - 3) * 64 + 3 * PAGE;
    long whole = 9 * PAGE;
    assertThat(reading.arenas()).singleElement().satisfies(region -> {
      assertThat(region.inUseBytes()).isEqualTo(used);
      assertThat(region.freeResidentBytes()).isEqualTo(whole - used);
      assertThat(region.segments()).containsExactly(AddressRange.ofSize(HEAP, whole));
    });
  }

  @Test
  void aCentralListThatCountsOtherwiseRefutesTheLayout() {
    span(1, 100, CLASS_OF_64, 0);
    span(1, 128, CLASS_OF_64, 0);
    span(3, 1, 0, 0);
    span(4, 0, 0, 1);
    central(27);
    assertThat(walk().walked()).isEmpty();
    assertThat(walk().arenas()).extracting(Arena::inUseBytes).isEmpty();
  }

  @Test
  void aThreadsListsThatDoNotAddUpRefuteTheLayout() {
    span(1, 100, CLASS_OF_64, 0);
    span(1, 128, CLASS_OF_64, 0);
    span(3, 1, 0, 0);
    span(4, 0, 0, 1);
    central(28);
    memory.putInt(CACHE + 4096, 576);
    assertThat(walk().walked()).isEmpty();
  }
}
