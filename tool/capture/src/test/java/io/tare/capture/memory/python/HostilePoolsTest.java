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
    MappingBytes bytes = new MappingBytes(ARENA.bytes(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Mapping mapping = new Mapping(ARENA, "rw-p", 0, "00:00", 0, "", bytes, "");
    return PythonRuntime.read(memory, new Smaps(List.of(mapping)), ProcessSymbols.NONE);
  }

  @Test
  void aPoolsBlocksAreCountedByItsClassOfSize() {
    WrittenMemory memory = pool(pool(new WrittenMemory(), ARENA.start(), 10, 3), ARENA.start() + POOL, 0, 0);
    RuntimeFacts facts = read(memory).value();
    assertThat(facts.number("blocks.used")).isEqualTo(OptionalLong.of(640));
    assertThat(facts.number("arenas.bytes")).isEqualTo(OptionalLong.of(1 << 20));
    assertThat(facts.number("blocks.free")).isEqualTo(OptionalLong.of((255 - 10) * 64));
    assertThat(facts.number("pools.unused.resident")).isEqualTo(OptionalLong.of(4096));
    assertThat(facts.number("blocks.free.resident")).isEqualTo(OptionalLong.of(4096 - 48 - 640));
    assertThat(facts.facts()).containsEntry("blocks.confidence", "derived");
    assertThat(facts.ranges()).singleElement().extracting(RuntimeFacts.NamedRange::range).isEqualTo(ARENA);
  }

  private static final long VARIABLES = 0x5000_0000_0000L;
  private static final long TABLE = 0x6000_0000_0000L;

  /** An arena that does not begin where a pool can, number 2 of the interpreter's list, to whose entry a variable points. */
  private static Parsed<RuntimeFacts> listed(int freePools) {
    long arena = ARENA.start() + 4096;
    long firstPool = ARENA.start() + POOL;
    long emptyPool = ARENA.start() + (128 << 10);
    long entry = TABLE + 2 * 48;
    WrittenMemory memory = pool(pool(new WrittenMemory(), firstPool, 10, 3), emptyPool, 0, 0);
    memory.putInt(firstPool + 32, 2).putInt(emptyPool + 32, 2).put(VARIABLES + 64, entry).put(entry, arena)
        .put(entry + 8, emptyPool + POOL).putInt(entry + 16, freePools).putInt(entry + 20, 63)
        .put(entry + 24, emptyPool);
    MappingBytes bytes = new MappingBytes(1 << 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    return PythonRuntime.read(memory, new Smaps(List.of(
        new Mapping(AddressRange.ofSize(VARIABLES, 4096), "rw-p", 0, "08:01", 7, "/usr/bin/python3.12", bytes, ""),
        new Mapping(AddressRange.ofSize(TABLE, 4096), "rw-p", 0, "00:00", 0, "[heap]", bytes, ""),
        new Mapping(AddressRange.ofSize(arena, 1 << 20), "rw-p", 0, "00:00", 0, "", bytes, ""))), ProcessSymbols.NONE);
  }

  @Test
  void theInterpretersOwnListSaysWhereArenasBeginAndHowManyPoolsAreFree() {
    Parsed<RuntimeFacts> read = listed(62);
    assertThat(read.problems()).isEmpty();
    assertThat(read.value().facts()).containsEntry("blocks.confidence", "measured")
        .containsEntry("ranges.confidence", "measured").containsEntry("pools.unused", "" + 62 * POOL)
        .containsEntry("arenas.alignment", "" + POOL).containsEntry("pools.headers", "48")
        .containsEntry("pools.quantization", "" + (POOL - 48 - 255 * 64)).containsEntry("blocks.used", "640");
    assertThat(read.value().ranges()).singleElement().extracting(RuntimeFacts.NamedRange::range)
        .isEqualTo(AddressRange.ofSize(ARENA.start() + 4096, 1 << 20));
  }

  @Test
  void whereTheListAndThePoolsDifferALittleItIsNotCalledMeasured() {
    assertThat(listed(60).value().facts()).containsEntry("blocks.confidence", "derived");
  }

  @Test
  void whereTheListAndThePoolsDifferMuchNothingIsSaidOfFreeBlocks() {
    Parsed<RuntimeFacts> read = listed(20);
    assertThat(read.value().facts()).doesNotContainKey("blocks.free.resident").doesNotContainKey("blocks.used");
    assertThat(read.problems()).singleElement().satisfies(
        problem -> assertThat(problem.message()).contains("differ by 42 of 2 pools").contains("not known"));
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
