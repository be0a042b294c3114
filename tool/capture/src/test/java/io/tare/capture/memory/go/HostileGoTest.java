package io.tare.capture.memory.go;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.programs.WrittenMemory;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostileGoTest {
  private static final AddressRange VARIABLES = AddressRange.ofSize(0x50_0000, 1 << 18);
  private static final long RANGES = 0x51_0000;
  private static final long PAGES = 0x50_1008;
  private static final long ARENAS = PAGES + PageAllocator.AFTER_INDEX + 24;
  private static final long ARENA = 0xc0_0000_0000L;

  private static WrittenMemory allocator(long arenaStart, long arenaEnd) {
    WrittenMemory memory = new WrittenMemory().fill(VARIABLES);
    for (int level = 0; level < 5; level++) {
      memory.put(PAGES + level * 24, 0x7f00_0000_0000L).put(PAGES + level * 24 + 8, 1).put(PAGES + level * 24 + 16,
          1L << (14 + 3 * level));
    }
    memory.put(ARENAS - 16, (arenaStart + (1L << 47)) / PageAllocator.CHUNK_BYTES);
    return memory.put(ARENAS, RANGES).put(ARENAS + 8, 1).put(RANGES, arenaStart).put(RANGES + 8, arenaEnd);
  }

  private static Parsed<RuntimeFacts> read(WrittenMemory memory) {
    MappingBytes bytes = new MappingBytes(VARIABLES.bytes(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Mapping variables = new Mapping(VARIABLES, "rw-p", 0, "fe:00", 7, "/program", bytes, "");
    return GoRuntime.read(memory, new Smaps(List.of(variables)), "go1.22");
  }

  @Test
  void anArenaWithoutReadableBitsIsNamedAndItsStateIsSaidToBeUnknown() {
    Parsed<RuntimeFacts> runtime = read(allocator(ARENA, ARENA + (4 << 20)));
    assertThat(runtime.value().ranges()).extracting(RuntimeFacts.NamedRange::range)
        .contains(AddressRange.ofSize(ARENA, 4 << 20));
    assertThat(runtime.problems()).anyMatch(problem -> problem.message().contains("4194304 bytes of the heap"));
  }

  @Test
  void aHeapLargerThanAnyMachineIsNotBelieved() {
    Parsed<RuntimeFacts> runtime = read(allocator(ARENA, ARENA + (1L << 46)));
    assertThat(runtime.value().ranges()).isEmpty();
    assertThat(runtime.problems()).singleElement().asString().contains("page allocator was not found");
  }

  @Test
  void anArenaThatEndsBeforeItBeginsIsNotBelieved() {
    assertThat(read(allocator(ARENA, ARENA - (4 << 20))).value().number("heap.idle")).isEmpty();
  }

  @Test
  void aListOfSpansThatLeadsNowhereIsNotBelieved() {
    WrittenMemory memory = allocator(ARENA, ARENA + (4 << 20));
    long list = PAGES + PageAllocator.AFTER_INDEX + 64;
    memory.put(list, RANGES + 64).put(list + 8, 1 << 20).put(list + 16, 1 << 20).put(RANGES + 64, RANGES);
    assertThat(read(memory).problems()).anyMatch(problem -> problem.message().contains("spans were not found"));
  }
}
