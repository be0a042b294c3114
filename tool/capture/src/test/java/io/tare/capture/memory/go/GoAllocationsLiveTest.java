package io.tare.capture.memory.go;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.executable.ExecutableFile;
import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.profile.PprofBytes;
import io.tare.model.proc.Smaps;
import io.tare.model.profile.Allocations;
import io.tare.model.profile.GoroutineGroup;
import io.tare.model.profile.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a program without asking it, against the profile that it writes of itself. */
@Tag("slow")
class GoAllocationsLiveTest {
  @TempDir
  private Path folder;

  /** A rate that is not the usual one shows in every figure. */
  @Test
  void theRateIsTheProgramsOwn() throws Exception {
    assertSameAsItsOwn("-ldflags=-s -w", "GODEBUG=memprofilerate=65536");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-trimpath", "-ldflags=-s -w", "-ldflags=-s -w;-buildmode=pie"})
  void theProfileIsWhatTheProgramItselfWrites(String options) throws Exception {
    assertSameAsItsOwn(options, "GODEBUG=");
  }

  private void assertSameAsItsOwn(String options, String environment) throws Exception {
    Path binary = Toolchain.compileGo(folder, "who", options.split(";"));
    Path written = folder.resolve("own.pb.gz");
    try (NativeProgram program = NativeProgram
        .start(List.of("env", environment, binary.toString(), written.toString()))) {
      Parsed<Allocations> read = read(program);
      assertThat(read.problems()).as("not even the rate has to be assumed").isEmpty();
      Profile truth = PprofBytes.parse("own", Files.readAllBytes(written), ParseLimits.DEFAULT).value();
      Profile heap = read.value().heap().orElseThrow();
      assertThat(heap.types()).isEqualTo(truth.types());
      for (int type = 0; type < truth.types().size(); type++) {
        assertThat(byFunctionAndLine(heap, type)).as(truth.types().get(type).name())
            .isEqualTo(byFunctionAndLine(truth, type));
      }
      List<GoroutineGroup> own = read.value().goroutines().stream().filter(group -> !group.isRuntimes()).toList();
      assertThat(own.stream().mapToLong(GoroutineGroup::count).sum()).isEqualTo(program.truth().get("goroutines"));
      assertThat(own.stream().collect(Collectors.toMap(GoroutineGroup::start, GoroutineGroup::count)))
          .containsEntry("main.main.func1", 50L).containsEntry("main.main.func2", 30L)
          .containsEntry("main.main.func3", 20L);
      assertThat(own).filteredOn(group -> group.start().equals("main.main.func1")).singleElement()
          .extracting(GoroutineGroup::reason, GoroutineGroup::function, GoroutineGroup::creator)
          .containsExactly("chan receive", "main.waits", "main.main");
    }
  }

  private static Map<String, Long> byFunctionAndLine(Profile profile, int type) {
    return profile.samples().stream().filter(sample -> sample.values().get(type) != 0).collect(
        Collectors.toMap(sample -> sample.frames().toString(), sample -> sample.values().get(type), Long::sum,
            TreeMap::new));
  }

  private static Parsed<Allocations> read(NativeProgram program) throws Exception {
    Smaps smaps = Mappings.read(program.folder());
    String version = ExecutableFile.read(program.folder()).value().fact("go").orElseThrow();
    try (LiveMemory memory = LiveMemory.open(program.folder(), ReadBudget.DEFAULT);
        FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(smaps), program.folder())) {
      return GoAllocations.read(complete, smaps, version);
    }
  }
}
