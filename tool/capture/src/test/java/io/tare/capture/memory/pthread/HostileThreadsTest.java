package io.tare.capture.memory.pthread;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.capture.memory.programs.WrittenMemory;
import io.tare.capture.memory.pthread.ControlBlock.BlockShape;
import io.tare.capture.memory.pthread.ThreadDatabase.StackList;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.alloc.NativeThread;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostileThreadsTest {
  private static final long BASE = 0x7f00_0000_0000L;
  private static final AddressRange RANGE = AddressRange.ofSize(BASE, 1 << 18);

  private static Parsed<List<NativeThread>> scan(WrittenMemory memory, Long... tids) {
    MappingBytes bytes = new MappingBytes(RANGE.bytes(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Mapping mapping = new Mapping(RANGE, "rw-p", 0, "00:00", 0, "", bytes, "");
    return PthreadScan.find(memory, new Smaps(List.of(mapping)), TaskIds.of(1, List.of(tids)), ProcessSymbols.NONE);
  }

  private static WrittenMemory glibcBlock(WrittenMemory memory, long block, int tid) {
    return memory.put(block, block).put(block + 0x10, block).putInt(block + 0x2d0, tid)
        .put(block + 0x690, BASE).put(block + 0x698, RANGE.bytes());
  }

  @Test
  void aBlockIsFoundByItsSelfPointersAndItsStackByWhatHoldsIt() {
    WrittenMemory memory = glibcBlock(new WrittenMemory().fill(RANGE), RANGE.end() - 0x940, 77);
    assertThat(scan(memory, 77L).value()).containsExactly(new NativeThread(77, true, false, RANGE));
  }

  @Test
  void aThreadWhoseIdIsTheSizeThatEveryBlockHoldsHidesNoOtherThread() {
    WrittenMemory memory = new WrittenMemory().fill(RANGE);
    int[] tids = {77, 4096, 0};
    for (int i = 0; i < tids.length; i++) {
      long block = RANGE.end() - 0x940 - i * 0x1000L;
      glibcBlock(memory, block, tids[i]).put(block + 0x6a0, 4096);
    }
    Parsed<List<NativeThread>> threads = scan(memory, 77L, 4096L);
    assertThat(threads.problems()).isEmpty();
    assertThat(threads.value()).filteredOn(NativeThread::live).extracting(NativeThread::tid)
        .containsExactlyInAnyOrder(77L, 4096L);
  }

  @Test
  void aWordThatPointsToItselfByChanceIsNoThread() {
    WrittenMemory memory = new WrittenMemory().fill(RANGE).put(RANGE.end() - 0x1000, RANGE.end() - 0x1000);
    Parsed<List<NativeThread>> threads = scan(memory, 77L, 78L);
    assertThat(threads.value()).isEmpty();
    assertThat(threads.problems()).singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("2 have no control block"));
  }

  @Test
  void aListThatNeverComesBackToItsHeadEnds() {
    WrittenMemory memory = new WrittenMemory().fill(RANGE);
    memory.put(BASE, BASE + 0x100).put(BASE + 0x100, BASE + 0x200).put(BASE + 0x108, BASE)
        .put(BASE + 0x200, BASE + 0x100)
        .put(BASE + 0x208, BASE + 0x100);
    assertThat(new StackList(memory, BASE).links()).containsExactly(BASE + 0x100, BASE + 0x200);
  }

  @Test
  void aMuslRingThatDoesNotCloseIsNone() {
    WrittenMemory memory = new WrittenMemory().fill(RANGE);
    memory.put(BASE, BASE).put(BASE + 0x18, BASE + 0x800).put(BASE + 0x800, BASE + 0x800).put(BASE + 0x810, BASE)
        .put(BASE + 0x818, 0x10);
    assertThat(new BlockShape(memory).muslRing(BASE)).isEmpty();
  }

  @Test
  void randomWordsNeverEndTheScanBadly() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      WrittenMemory memory = glibcBlock(new WrittenMemory().fill(RANGE), RANGE.end() - 0x940, 77);
      for (int i = 0; i < 30; i++) {
        long place = RANGE.end() - 8L * (1 + random.nextInt(2000));
        memory.put(place, random.nextBoolean() ? place : BASE + 8L * random.nextInt(32000));
      }
      assertThat(scan(memory, 77L).value()).allMatch(thread -> thread.stack().bytes() > 0);
    }
  }
}
