package io.tare.capture.memory.go;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.executable.ExecutableFile;
import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.Parsed;
import io.tare.model.alloc.ExecutableFacts;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class GoRuntimeLiveTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(2));

  /** What the program's own printing allocates after it asked the runtime. */
  private static final long PRINTING = 512 << 10;

  /** Each processor sets up to 64 free pages aside, given back or not. */
  private static final long PAGE_CACHE = 64 * 8192;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({"'',keep", "-ldflags=-s -w,keep", "-ldflags=-s -w,release"})
  void theHeapAgreesWithTheRuntimesOwnStatistics(String option, String heap) throws Exception {
    Path binary = Toolchain.compileGo(folder, "heap", option.isEmpty() ? new String[0] : new String[] {option});
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(heap.equals("release") ? List.of("release") : List.of());
    try (NativeProgram program = NativeProgram.start(command)) {
      Parsed<ExecutableFacts> executable = ExecutableFile.read(program.folder());
      assertThat(executable.value().fact("linking")).contains("static");
      assertThat(executable.value().fact("stripped")).contains(String.valueOf(!option.isEmpty()));
      Parsed<RuntimeFacts> runtime = read(program, executable.value().fact("go").orElseThrow());
      assertThat(runtime.problems()).isEmpty();
      agrees(runtime.value(), program);
    }
  }

  private static void agrees(RuntimeFacts facts, NativeProgram program) {
    assertThat(facts.facts().get("version")).startsWith("go1.");
    near(facts, "heap.inuse", program.truth().get("heapInuse"));
    near(facts, "stacks.inuse", program.truth().get("stackInuse"));
    // The runtime's scavenger goes on giving pages back, so only the sum of both stands still.
    long free = facts.number("heap.idle").orElseThrow() + facts.number("heap.released").orElseThrow();
    assertThat(free).isCloseTo(program.truth().get("heapIdle"), within(PRINTING));
    long setAside = Runtime.getRuntime().availableProcessors() * PAGE_CACHE;
    assertThat(facts.number("heap.released").orElseThrow())
        .isGreaterThanOrEqualTo(program.truth().get("heapReleased") - PRINTING - setAside);
    long arenas = facts.ranges().stream().filter(range -> range.name().equals("arena"))
        .mapToLong(range -> range.range().bytes())
        .sum();
    assertThat(arenas).isEqualTo(program.truth().get("heapSys") + program.truth().get("stackInuse"));
  }

  private static void near(RuntimeFacts facts, String key, long truth) {
    assertThat(facts.number(key).orElseThrow()).as(key).isCloseTo(truth, within(truth / 100 + PRINTING));
  }

  private static Parsed<RuntimeFacts> read(NativeProgram program, String version) throws Exception {
    Smaps smaps = Mappings.read(program.folder());
    try (LiveMemory memory = LiveMemory.open(program.folder(), PLENTY)) {
      Parsed<RuntimeFacts> runtime = GoRuntime.read(memory, smaps, version);
      assertThat(smaps.mappings()).filteredOn(mapping -> isUnowned(mapping, runtime.value()))
          .hasSizeLessThanOrEqualTo(1);
      return runtime;
    }
  }

  /** Only the program's variables are anonymous and not the runtime's. */
  private static boolean isUnowned(Mapping mapping, RuntimeFacts facts) {
    return mapping.isAnonymous() && mapping.bytes().rss() > 0
        && facts.ranges().stream().noneMatch(range -> range.range().intersects(mapping.range()));
  }
}
