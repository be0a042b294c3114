package io.tare.capture.memory.go;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.executable.ExecutableFile;
import io.tare.capture.memory.executable.RuntimeSigns;
import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.Parsed;
import io.tare.model.alloc.ExecutableFacts;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of Go programs against what they say of themselves. */
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
  @CsvSource({"heap,'',keep", "heap,-ldflags=-s -w,release", "heapc,-ldflags=-s -w;-buildmode=pie,keep"})
  void theFiguresAreTheRuntimesOwn(String source, String options, String heap) throws Exception {
    Path binary = Toolchain.compileGo(folder, source, options.isEmpty() ? new String[0] : options.split(";"));
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(heap.equals("release") ? List.of("release") : List.of());
    try (NativeProgram program = NativeProgram.start(command)) {
      Parsed<ExecutableFacts> executable = ExecutableFile.read(program.folder());
      assertThat(executable.value().fact("linking")).contains(source.equals("heap") ? "static" : "dynamic");
      assertThat(executable.value().fact("stripped")).contains(String.valueOf(!options.isEmpty()));
      Parsed<RuntimeFacts> runtime = read(program, executable.value().fact("go").orElseThrow());
      assertThat(runtime.problems()).isEmpty();
      agrees(runtime.value(), program);
    }
  }

  @ParameterizedTest
  @CsvSource({"heap", "heapc"})
  void theVersionIsFoundInMemoryWhereTheFileDoesNotTellIt(String source) throws Exception {
    Path binary = Toolchain.compileGo(folder, source, "-ldflags=-s -w");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString()))) {
      String told = ExecutableFile.read(program.folder()).value().fact("go").orElseThrow();
      assertThat(read(program, "unknown").value().facts().get("version")).isEqualTo(told);
    }
  }

  private static void agrees(RuntimeFacts facts, NativeProgram program) {
    assertThat(facts.facts().get("version")).startsWith("go1.");
    if (facts.facts().get("layout").equals("proved")) {
      same(facts, "sys.mspan", program.truth().get("mspanSys"));
      same(facts, "sys.mcache", program.truth().get("mcacheSys"));
      same(facts, "gc.count", program.truth().get("numGC"));
      same(facts, "gc.pause.nanos", program.truth().get("pauseTotal"));
      same(facts, "gc.percent", -1);
      assertThat(facts.number("gc.next")).as("it is switched off").isEmpty();
      assertThat(facts.number("memory.limit")).as("none is set").isEmpty();
      assertThat(facts.number("sys.buckhash").orElseThrow() + facts.number("sys.gc").orElseThrow()
          + facts.number("sys.other").orElseThrow())
          .as("what is given out of the runtime's pool changes its name, not its amount").isCloseTo(
              program.truth().get("buckHashSys") + program.truth().get("gcSys") + program.truth().get("otherSys"),
              within(PRINTING));
    }
    // The runtime's own goroutines are not in the program's count: collector, scavenger, finalizers.
    assertThat(facts.number("goroutines").orElseThrow() - program.truth().get("goroutines")).isBetween(3L, 12L);
    near(facts, "heap.inuse", program.truth().get("heapInuse"));
    near(facts, "stacks.inuse", program.truth().get("stackInuse"));
    assertThat(facts.number("stacks.resident").orElseThrow()).as("each stack in use was touched, not all of each")
        .isBetween(program.truth().get("stackInuse") / 3, program.truth().get("stackInuse"));
    assertThat(facts.number("workbufs.resident").orElseThrow())
        .isLessThanOrEqualTo(facts.number("workbufs.inuse").orElseThrow());
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

  private static void same(RuntimeFacts facts, String key, long truth) {
    assertThat(facts.number(key)).as(key).hasValue(truth);
  }

  private static void near(RuntimeFacts facts, String key, long truth) {
    assertThat(facts.number(key).orElseThrow()).as(key).isCloseTo(truth, within(truth / 100 + PRINTING));
  }

  private static Parsed<RuntimeFacts> read(NativeProgram program, String version) throws Exception {
    Smaps smaps = Mappings.read(program.folder());
    assertThat(RuntimeSigns.of(program.folder(), "/opt/server",
        smaps.mappings().stream().map(Mapping::name).collect(Collectors.toSet()))).isEqualTo(RuntimeKind.GO);
    try (LiveMemory memory = LiveMemory.open(program.folder(), PLENTY);
        FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(smaps), program.folder())) {
      Parsed<RuntimeFacts> runtime = GoRuntime.read(complete, smaps, version);
      long unowned = unownedBytes(memory, smaps, runtime.value());
      assertThat(unowned).as("stacks and malloc of C, if any").isLessThanOrEqualTo(256 << 10);
      return runtime;
    }
  }

  /** What no table claims of the anonymous memory besides the variables. */
  private static long unownedBytes(LiveMemory memory, Smaps smaps, RuntimeFacts facts) {
    List<Mapping> variables = GoVariables.mappingsOf(smaps);
    long unowned = 0;
    for (Mapping mapping : smaps.mappings()) {
      if (mapping.isAnonymous() && !variables.contains(mapping)) {
        unowned += memory.presentRuns(mapping.range()).stream()
            .flatMapToLong(run -> java.util.stream.LongStream.iterate(run.start(), page -> page < run.end(),
                page -> page + 4096))
            .filter(page -> facts.ranges().stream()
                .noneMatch(range -> !range.name().equals("rest") && range.range().contains(page)))
            .count() * 4096;
      }
    }
    return unowned;
  }
}
