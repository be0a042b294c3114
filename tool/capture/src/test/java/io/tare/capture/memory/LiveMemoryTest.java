package io.tare.capture.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.kernel.PageSize;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Reads this very process. */
class LiveMemoryTest {
  private static final Path SELF = Path.of("/proc/self");
  private static final long LARGE = 8 << 20;

  private final int page = PageSize.ofThisMachine();

  /** Memory that a sparse file backs, so that untouched pages are surely absent. */
  private static MemorySegment sparse(Arena arena) throws Exception {
    Path file = Files.createTempFile("tare-sparse", ".bin");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.truncate(0).write(ByteBuffer.allocate(1), LARGE - 1);
      return channel.map(FileChannel.MapMode.PRIVATE, 0, LARGE, arena);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void presentPagesAreReadAndAbsentOnesStayAbsent() throws Exception {
    try (Arena arena = Arena.ofConfined(); LiveMemory memory = LiveMemory.open(SELF, ReadBudget.DEFAULT)) {
      MemorySegment segment = sparse(arena);
      long start = segment.address();
      segment.set(ValueLayout.JAVA_LONG, 3L * page + 16, 0x1234_5678_9abcL);
      assertThat(memory.u64(start + 3L * page + 16)).hasValue(0x1234_5678_9abcL);
      assertThat(memory.u32(start + 3L * page + 16)).hasValue(0x5678_9abcL);
      assertThat(memory.isPresent(start + 3L * page)).isTrue();
      long absent = start + LARGE / 2;
      assertThat(memory.isPresent(absent)).isFalse();
      assertThat(memory.isUntouched(absent)).isTrue();
      assertThat(memory.read(absent, 100)).isEmpty();
      long[] words = new long[2];
      assertThat(memory.readOnce(absent, words)).isFalse();
      assertThat(memory.readOnce(start + 3L * page + 8, words)).isTrue();
      assertThat(words).containsExactly(0, 0x1234_5678_9abcL);
      segment.set(ValueLayout.JAVA_LONG, 3L * page + 8, 7);
      assertThat(memory.readOnce(start + 3L * page + 8, words)).isTrue();
      assertThat(words).as("read anew").containsExactly(7, 0x1234_5678_9abcL);
      assertThat(memory.read(start + 3L * page, (int) LARGE / 2)).as("a range with absent pages").isEmpty();
      assertThat(memory.isPresent(absent)).as("after it was asked for").isFalse();
    }
  }

  @Test
  void runsArePresentPagesCutToTheRange() throws Exception {
    try (Arena arena = Arena.ofConfined(); LiveMemory memory = LiveMemory.open(SELF, ReadBudget.DEFAULT)) {
      MemorySegment segment = sparse(arena);
      long start = segment.address();
      segment.set(ValueLayout.JAVA_BYTE, 10L * page, (byte) 1);
      segment.set(ValueLayout.JAVA_BYTE, 11L * page, (byte) 1);
      AddressRange within = new AddressRange(start + 10L * page + 100, start + LARGE);
      assertThat(memory.presentRuns(within))
          .contains(new AddressRange(start + 10L * page + 100, start + 12L * page));
    }
  }

  @Test
  void stringsCrossPagesAndEndAtTheirZero() throws Exception {
    try (Arena arena = Arena.ofConfined(); LiveMemory memory = LiveMemory.open(SELF, ReadBudget.DEFAULT)) {
      MemorySegment segment = sparse(arena);
      segment.setString(2L * page - 3, "crossing");
      long address = segment.address() + 2L * page - 3;
      assertThat(memory.cString(address, 100)).hasValue("crossing");
      assertThat(memory.cString(address, 5)).hasValue("cross");
    }
  }

  @Test
  void nonsenseAddressesAreEmpty() throws Exception {
    try (LiveMemory memory = LiveMemory.open(SELF, ReadBudget.DEFAULT)) {
      assertThat(memory.u64(0)).isEmpty();
      assertThat(memory.u64(-8)).isEmpty();
      assertThat(memory.read(Long.MAX_VALUE - 3, 8)).isEmpty();
      assertThat(memory.read(4096, -1)).isEmpty();
      assertThat(memory.presentRuns(new AddressRange(4096, 8192))).isEmpty();
    }
  }

  @Test
  void aSpentBudgetEndsAllReading() throws Exception {
    try (Arena arena = Arena.ofConfined();
        LiveMemory memory = LiveMemory.open(SELF, new ReadBudget(1, Duration.ofMinutes(1)))) {
      MemorySegment segment = sparse(arena);
      segment.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
      assertThat(memory.u8(segment.address())).hasValue(1);
      assertThat(memory.u8(segment.address())).isEmpty();
      assertThat(memory.budgetExceeded()).isTrue();
      assertThat(memory.bytesRead()).isPositive();
    }
  }

  /** A target may claim any range: what is found until the time for it is over counts, and the rest is not looked through. */
  @Test
  void lookingThroughALargeRangeEndsWithTheTimeForIt() throws Exception {
    try (Arena arena = Arena.ofConfined(); FileChannel channel = FileChannel.open(SELF.resolve("pagemap"))) {
      MemorySegment segment = arena.allocate(64 << 20, 4096);
      segment.set(ValueLayout.JAVA_BYTE, segment.byteSize() - 1, (byte) 1);
      AddressRange range = AddressRange.ofSize(segment.address(), segment.byteSize());
      PageMap pages = new PageMap(channel, 4096);
      assertThat(pages.presentRuns(range, () -> false)).last().extracting(AddressRange::end).isEqualTo(range.end());
      AtomicInteger asked = new AtomicInteger();
      List<AddressRange> until = pages.presentRuns(range, () -> asked.incrementAndGet() > 1);
      assertThat(asked).hasValue(2);
      assertThat(until).allMatch(run -> run.end() < range.end());
    }
  }

  @Test
  void constantsOfALibraryAreCompletedFromItsFileWithoutFaultingThemIn() throws Exception {
    Smaps smaps = Mappings.of(SELF);
    try (LiveMemory memory = LiveMemory.open(SELF, ReadBudget.DEFAULT);
        FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(smaps), SELF)) {
      Mapping constants = smaps.mappings().stream()
          .filter(m -> m.name().endsWith("/libjvm.so") && m.permissions().equals("r--p") && m.offset() > 0)
          .findFirst().orElseThrow();
      for (long at = constants.range().start(); at < constants.range().end(); at += page) {
        boolean present = memory.isPresent(at);
        Optional<byte[]> bytes = complete.read(at, 64);
        assertThat(bytes).isPresent();
        assertThat(memory.isPresent(at)).isEqualTo(present);
      }
    }
  }
}
