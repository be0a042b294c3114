package io.tare.capture.memory.pthread;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.tare.model.alloc.NativeThread;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PthreadScanLiveTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(2));
  private static final String[] EVERY_KIND = {"20", "10", "10", "3"};
  private static final int EVERY_KIND_LIVE = 34;

  @TempDir
  private Path folder;

  private static Parsed<List<NativeThread>> scan(NativeProgram program, boolean withSymbols) throws IOException {
    Smaps smaps = Mappings.read(program.folder());
    try (LiveMemory live = LiveMemory.open(program.folder(), PLENTY);
        FileBackedMemory memory = new FileBackedMemory(live, new MappingIndex(smaps), program.folder())) {
      ProcessSymbols symbols = withSymbols
          ? ProcessSymbols.find(new MappedFiles(program.folder(), live), smaps,
              mapping -> true, PthreadScan.SYMBOLS)
          : ProcessSymbols.NONE;
      return PthreadScan.find(memory, smaps, TaskIds.read(program.pid(), program.folder()), symbols);
    }
  }

  private NativeProgram start(Path binary, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    return NativeProgram.start(command);
  }

  private static void hasEveryKind(Parsed<List<NativeThread>> threads, int cached) {
    assertThat(threads.problems()).isEmpty();
    List<NativeThread> live = threads.value().stream().filter(NativeThread::live).toList();
    assertThat(live.stream().map(NativeThread::tid).collect(Collectors.toSet())).hasSize(EVERY_KIND_LIVE);
    assertThat(live).filteredOn(NativeThread::main).hasSize(1);
    assertThat(live).filteredOn(thread -> thread.stack().bytes() == 500000).hasSize(3);
    assertThat(threads.value()).hasSize(EVERY_KIND_LIVE + cached);
    for (int i = 1; i < threads.value().size(); i++) {
      assertThat(threads.value().get(i).stack().intersects(threads.value().get(i - 1).stack())).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"'',true", "'',false", "-static,true", "-static,false"})
  void everyLiveThreadAndEveryCachedStackIsFoundWithAndWithoutSymbols(String option, boolean withSymbols)
      throws Exception {
    Path binary = Toolchain.compileC(folder, "gcc", "threads",
        option.isEmpty() ? new String[0] : new String[] {option});
    try (NativeProgram program = start(binary, EVERY_KIND)) {
      hasEveryKind(scan(program, withSymbols), 10);
    }
  }

  @Test
  void threeHundredThreadsAreAllFound() throws Exception {
    try (NativeProgram program = start(Toolchain.compileC(folder, "gcc", "threads"), "300", "0", "0", "0")) {
      assertThat(scan(program, true).value()).hasSize(301);
      assertThat(scan(program, false).value()).hasSize(301);
    }
  }

  @Test
  void muslsThreadsAreFoundByTheirRing() throws Exception {
    try (NativeProgram program = start(Toolchain.compileC(folder, "musl-gcc", "threads"), EVERY_KIND)) {
      Parsed<List<NativeThread>> threads = scan(program, false);
      assertThat(threads.problems()).isEmpty();
      assertThat(threads.value()).filteredOn(NativeThread::live).hasSize(EVERY_KIND_LIVE);
    }
  }

  @Test
  void aSingleThreadIsTheMainOne() throws Exception {
    try (NativeProgram program = start(Toolchain.compileC(folder, "gcc", "threads"), "0", "0", "0", "0")) {
      assertThat(scan(program, true).value()).singleElement().matches(NativeThread::main)
          .matches(thread -> thread.stack().bytes() <= 16 * 4096);
    }
  }
}
