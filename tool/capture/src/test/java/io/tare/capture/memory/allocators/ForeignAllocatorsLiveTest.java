package io.tare.capture.memory.allocators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.Parsed;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that knows what its allocator says is in use. */
@Tag("slow")
class ForeignAllocatorsLiveTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(2));

  /** The C library's own blocks, where the program counts but its own. */
  private static final long LIBRARIES_OWN = 1024;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({"jemalloc, libjemalloc.so.2", "mimalloc, libmimalloc.so.2", "mimalloc, libmimalloc.so.3",
      "tcmalloc, libtcmalloc_minimal.so.4"})
  void blocksInUseAreWhatTheAllocatorSays(String allocator, String file) throws Exception {
    String library = Toolchain.run(List.of(Toolchain.require("gcc"), "-print-file-name=" + file), folder).strip();
    assumeTrue(library.startsWith("/"),
        file + " is not installed: what it holds is not compared with what it says itself");
    Path program = Toolchain.compileC(folder, "gcc", "allocators", "-ldl");
    check(List.of("env", "LD_PRELOAD=" + library, program.toString()), allocator);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-static", "-s"})
  void blocksInUseOfMuslAreTheSlotsThatTheProgramKept(String linked) throws Exception {
    Path program = Toolchain.compileC(folder, "musl-gcc", "musl", linked);
    check(List.of(program.toString()), "musl");
  }

  private static void check(List<String> command, String allocator) throws Exception {
    try (NativeProgram running = NativeProgram.start(command);
        LiveMemory memory = LiveMemory.open(running.folder(), PLENTY)) {
      long faults = running.minorFaults();
      Parsed<MallocReading> read = ForeignAllocators.walk(memory, Mappings.read(running.folder()), PLENTY, true);
      assertThat(read.value().walked()).contains(allocator);
      assertThat(read.problems()).isEmpty();
      assertThat(read.value().arenas().stream().mapToLong(Arena::inUseBytes).sum())
          .isCloseTo(running.truth().get("used"), within(LIBRARIES_OWN));
      assertThat(running.minorFaults()).isEqualTo(faults);
    }
  }
}
