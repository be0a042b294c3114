package io.tare.capture.memory.v8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.Parsed;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class V8RuntimeLiveTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(2));

  /** The program makes texts and objects between taking its statistics and waiting. */
  private static final long REPORTING = 64 << 10;

  /** Node counts what its own allocator handed out for buffers; a byte of them it took elsewhere. */
  private static final long BUFFERS_OFF = 1;

  @TempDir
  private Path folder;

  @Test
  void theSpacesAgreeWithTheEnginesOwnStatistics() throws Exception {
    String node = Toolchain.require("node");
    Path script = Toolchain.copy(folder, "objects.js");
    try (NativeProgram program = NativeProgram.start(List.of(node, "--expose-gc", script.toString(), "50331648"))) {
      long faults = program.minorFaults();
      Parsed<RuntimeFacts> v8 = read(program);
      assertThat(program.minorFaults()).isEqualTo(faults);
      assertThat(v8.problems()).isEmpty();
      for (Map.Entry<String, Long> truth : program.truth().entrySet()) {
        long found = v8.value().number(truth.getKey()).orElseThrow(() -> new AssertionError(truth.getKey()));
        long tolerated = truth.getKey().endsWith(".used") ? REPORTING : BUFFERS_OFF;
        assertThat(found).as(truth.getKey()).isCloseTo(truth.getValue(), within(tolerated));
      }
      assertThat(v8.value().number("old_space.used").orElseThrow()).isGreaterThan(8 << 20);
    }
  }

  private static Parsed<RuntimeFacts> read(NativeProgram program) throws IOException {
    Smaps smaps = Mappings.read(program.folder());
    assertThat(smaps.mappings()).anyMatch(V8Runtime::isEngine);
    try (LiveMemory live = LiveMemory.open(program.folder(), PLENTY);
        FileBackedMemory memory = new FileBackedMemory(live, new MappingIndex(smaps), program.folder())) {
      ProcessSymbols symbols = ProcessSymbols.find(new MappedFiles(program.folder(), live), smaps,
          V8Runtime::isEngine, V8Runtime.SYMBOLS);
      return V8Runtime.read(memory, smaps, symbols);
    }
  }
}
