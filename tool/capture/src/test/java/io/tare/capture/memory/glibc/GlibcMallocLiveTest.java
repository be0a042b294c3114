package io.tare.capture.memory.glibc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that know what they allocated. */
class GlibcMallocLiveTest {
  static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(2));

  @TempDir
  private Path folder;

  static Parsed<MallocReading> walk(Path procPid, ReadBudget budget) throws IOException {
    try (LiveMemory memory = LiveMemory.open(procPid, PLENTY)) {
      return GlibcMalloc.walk(memory, Mappings.read(procPid), budget);
    }
  }

  private static long used(MallocReading reading) {
    return reading.arenas().stream().mapToLong(Arena::inUseBytes).sum();
  }

  private static void agrees(NativeProgram program) throws IOException {
    Parsed<MallocReading> malloc = walk(program.folder(), PLENTY);
    assertThat(malloc.problems()).isEmpty();
    assertThat(malloc.value().arenas()).allMatch(Arena::complete);
    long truth = program.truth().get("used");
    // glibc's own blocks (thread caches, the buffer of stdout, thread tables) come on top.
    assertThat(used(malloc.value())).isCloseTo(truth, within(truth / 100));
    assertThat(malloc.value().mmappedChunks()).hasSize(Math.toIntExact(program.truth().get("mappedChunks")));
    assertThat(malloc.value().mmappedChunks().stream().mapToLong(AddressRange::bytes).sum())
        .isEqualTo(program.truth().get("mappedBytes"));
  }

  @Test
  void fragmentedArenasOfManyThreadsAgreeWithWhatTheProgramKept() throws Exception {
    Path binary = Toolchain.compileC(folder, "gcc", "malloc");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString(), "5", "8000"))) {
      agrees(program);
      assertThat(walk(program.folder(), PLENTY).value().arenas()).hasSize(6);
    }
  }

  @Test
  void aSingleArenaIsFoundWithoutAnotherThatPointsToIt() throws Exception {
    Path binary = Toolchain.compileC(folder, "gcc", "malloc");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString(), "0", "20000"))) {
      agrees(program);
      assertThat(walk(program.folder(), PLENTY).value().allocator()).isEqualTo("glibc");
    }
  }

  @Test
  void aStaticStrippedProgramIsReadAsWell() throws Exception {
    Path binary = Toolchain.compileC(folder, "gcc", "malloc", "-static", "-s");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString(), "2", "8000"))) {
      agrees(program);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 20000", "5, 8000", "3, 30000"})
  void aProgramOf32BitsIsReadAsWell(String threads, String blocks) throws Exception {
    Path binary = Toolchain.compileC(folder, "gcc", "malloc", "-m32");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString(), threads, blocks))) {
      long faults = program.minorFaults();
      agrees(program);
      assertThat(program.minorFaults()).isEqualTo(faults);
    }
  }

  @Test
  void aStaticProgramOf32BitsIsReadAsWell() throws Exception {
    Path binary = Toolchain.compileC(folder, "gcc", "malloc", "-m32", "-static", "-s");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString(), "2", "8000"))) {
      agrees(program);
    }
  }

  @Test
  void anArenaOf32BitsThatCouldNotGrowByBrkIsFoundInItsOwnMappings() throws Exception {
    Path binary = Toolchain.compileC(folder, "gcc", "blocked", "-m32");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString()))) {
      agrees(program);
      assertThat(walk(program.folder(), PLENTY).value().arenas()).singleElement()
          .matches(arena -> arena.segments().size() > 3);
    }
  }

  @Test
  void blocksWhoseMappingsWereCutByAdviceAreFoundWhole() throws Exception {
    Path binary = Toolchain.compileC(folder, "gcc", "advised");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString()))) {
      assertThat(program.truth().get("mappedChunks")).isEqualTo(5);
      Parsed<MallocReading> malloc = walk(program.folder(), PLENTY);
      assertThat(malloc.problems()).isEmpty();
      assertThat(malloc.value().mmappedChunks()).hasSize(5);
      assertThat(malloc.value().mmappedChunks().stream().mapToLong(AddressRange::bytes).sum())
          .isEqualTo(program.truth().get("mappedBytes"));
    }
  }

  @Test
  void anArenaThatCouldNotGrowByBrkIsFoundInItsOwnMappings() throws Exception {
    Path binary = Toolchain.compileC(folder, "gcc", "blocked");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString()))) {
      agrees(program);
      assertThat(walk(program.folder(), PLENTY).value().arenas()).singleElement()
          .matches(arena -> arena.segments().size() > 3);
    }
  }

  @Test
  void whenTheBudgetEndsTheRestCountsAsUsedAndIsSaidSo() throws Exception {
    Path binary = Toolchain.compileC(folder, "gcc", "malloc");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString(), "3", "8000"))) {
      Parsed<MallocReading> malloc = walk(program.folder(), new ReadBudget(2 << 20, Duration.ofMinutes(2)));
      assertThat(malloc.value().arenas()).anyMatch(arena -> !arena.complete());
      assertThat(malloc.problems()).extracting(Problem::message)
          .contains("the walk was given up after 2 MB: the rest of the arena counts as in use");
      assertThat(malloc.value().arenas())
          .allMatch(arena -> arena.complete() || arena.inUseBytes() + arena.freeBytes() == arena.systemBytes());
    }
  }

  @Test
  void muslIsNamedAndNotTakenForGlibc() throws Exception {
    Path binary = Toolchain.compileC(folder, "musl-gcc", "threads");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString(), "2", "0", "0", "0"))) {
      MallocReading reading = walk(program.folder(), PLENTY).value();
      assertThat(reading.arenas()).isEmpty();
      assertThat(reading.mmappedChunks()).isEmpty();
    }
  }
}
