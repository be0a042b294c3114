package io.tare.capture.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.capture.memory.glibc.GlibcMalloc;
import io.tare.capture.memory.go.GoRuntime;
import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.capture.memory.pthread.PthreadScan;
import io.tare.capture.memory.pthread.TaskIds;
import io.tare.capture.memory.python.PythonRuntime;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All walks over a program that holds much memory without pages, and does nothing else that could fault one in. */
class NothingFaultedInTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(2));

  @TempDir
  private Path folder;

  @Test
  void noWalkBringsInAPage() throws Exception {
    Path binary = Toolchain.compileC(folder, "gcc", "absent");
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString()))) {
      long faults = program.minorFaults();
      String resident = program.status("VmRSS");
      for (int i = 0; i < 3; i++) {
        assertThat(everyWalk(program)).isPositive();
      }
      assertThat(program.minorFaults()).isEqualTo(faults);
      assertThat(program.status("VmRSS")).isEqualTo(resident);
      assertThat(program.status("State")).startsWith("S");
    }
  }

  private static long everyWalk(NativeProgram program) throws IOException {
    Smaps smaps = Mappings.read(program.folder());
    try (LiveMemory live = LiveMemory.open(program.folder(), PLENTY);
        FileBackedMemory memory = new FileBackedMemory(live, new MappingIndex(smaps), program.folder())) {
      assertThat(GlibcMalloc.walk(memory, smaps, PLENTY).value().arenas()).hasSizeGreaterThan(1);
      ProcessSymbols symbols = ProcessSymbols.find(new MappedFiles(program.folder(), live), smaps, mapping -> true,
          PthreadScan.SYMBOLS);
      TaskIds tasks = TaskIds.read(program.pid(), program.folder());
      assertThat(PthreadScan.find(memory, smaps, tasks, symbols).value()).hasSize(6);
      assertThat(PthreadScan.find(memory, smaps, tasks, ProcessSymbols.NONE).value()).hasSize(6);
      assertThat(GoRuntime.read(memory, smaps, "none").problems()).isNotEmpty();
      assertThat(PythonRuntime.read(memory, smaps, symbols).problems()).isNotEmpty();
      return live.bytesRead();
    }
  }
}
