package io.tare.capture.memory.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.capture.memory.programs.WrittenMemory;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HostilePoolsTest {
  private static final AddressRange ARENA = AddressRange.ofSize(0x7f00_0000_0000L, 1 << 20);
  private static final int POOL = 1 << 14;

  private static WrittenMemory pool(WrittenMemory memory, long address, int blocks, int sizeClass) {
    int blockBytes = (sizeClass + 1) * 16;
    return memory.putInt(address, blocks).put(address + 8, 0).putInt(address + 32, 0).putInt(address + 36, sizeClass)
        .putInt(address + 40, 48 + blockBytes).putInt(address + 44, POOL - blockBytes);
  }

  private static Parsed<RuntimeFacts> read(WrittenMemory memory) {
    MappingBytes bytes = new MappingBytes(ARENA.bytes(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Mapping mapping = new Mapping(ARENA, "rw-p", 0, "00:00", 0, "", bytes, "");
    return PythonRuntime.read(memory, new Smaps(List.of(mapping)), ProcessSymbols.NONE);
  }

  @Test
  void aPoolsBlocksAreCountedByItsClassOfSize() {
    WrittenMemory memory = pool(pool(new WrittenMemory(), ARENA.start(), 10, 3), ARENA.start() + POOL, 0, 0);
    RuntimeFacts facts = read(memory).value();
    assertThat(facts.number("blocks.used")).isEqualTo(OptionalLong.of(640));
    assertThat(facts.number("arenas.bytes")).isEqualTo(OptionalLong.of(1 << 20));
    assertThat(facts.number("arenas.freeResidentBytes")).isEqualTo(OptionalLong.of(4096));
    assertThat(facts.ranges()).singleElement().extracting(RuntimeFacts.NamedRange::range).isEqualTo(ARENA);
  }

  @Test
  void moreBlocksThanAPoolHoldsIsNoPool() {
    WrittenMemory memory = pool(new WrittenMemory(), ARENA.start(), 5000, 3);
    assertThat(read(memory).problems()).singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("no pools"));
  }

  @Test
  void zerosAreNoPools() {
    assertThat(read(new WrittenMemory().fill(ARENA)).value().ranges()).isEmpty();
  }
}
