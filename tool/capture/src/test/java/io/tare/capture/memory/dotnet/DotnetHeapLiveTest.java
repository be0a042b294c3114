package io.tare.capture.memory.dotnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.Parsed;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program of this machine's .NET, compiled by it, that prints what its own collector counts. */
@Tag("slow")
class DotnetHeapLiveTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(2));
  /** Between counting and waiting it writes two lines, for which the collector hands out memory in pieces of 8 KB. */
  private static final long WRITING = 96 << 10;
  private static final int CALM_LOOKS = 10;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "1, 0", "1, 1"})
  void whatIsInUseIsWhatTheCollectorCounts(int server, int concurrent) throws Exception {
    String dotnet = Toolchain.require("dotnet");
    Path program = compiled(dotnet);
    try (NativeProgram running = NativeProgram.start(List.of("env", "DOTNET_gcServer=" + server,
        "COMPlus_gcServer=" + server, "DOTNET_gcConcurrent=" + concurrent, "COMPlus_gcConcurrent=" + concurrent,
        // Else a pipe and a socket are left behind when it is ended.
        "DOTNET_EnableDiagnostics=0", "COMPlus_EnableDiagnostics=0",
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", "DOTNET_TieredCompilation=0", "COMPlus_TieredCompilation=0", dotnet,
        program.toString()))) {
      RuntimeFacts heap = read(running);
      assertThat(sum(heap, ".used")).isCloseTo(running.truth().get("used"), within(WRITING));
      // A third of 24 large arrays died where they lay.
      assertThat(heap.number("large objects.idle.resident").orElseThrow()).isBetween(7L << 20, 9L << 20);
      assertThat(heap.number("heaps").orElseThrow()).isGreaterThanOrEqualTo(1);
    }
  }

  /** By the compiler that comes with a development kit, and no project around it, which would want a network. */
  private Path compiled(String dotnet) throws Exception {
    Path root = Path.of(dotnet).toRealPath().getParent();
    Optional<Path> compiler = newest(root.resolve("sdk"), "Roslyn/bincore/csc.dll");
    Optional<Path> libraries = newest(root.resolve("shared/Microsoft.NETCore.App"), "System.Private.CoreLib.dll");
    assumeTrue(compiler.isPresent() && libraries.isPresent(), "dotnet's development kit is not installed");
    Path version = libraries.orElseThrow().getParent();
    Path configuration = folder.resolve("Heap.runtimeconfig.json");
    Files.writeString(configuration,
        "{\"runtimeOptions\":{\"framework\":{\"name\":\"Microsoft.NETCore.App\",\"version\":\""
            + version.getFileName() + "\"}}}");
    List<String> command = new ArrayList<>(List.of("env", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", dotnet, "exec",
        "--runtimeconfig", configuration.toString(), compiler.orElseThrow().toString(), "-nologo", "-o+", "-nostdlib",
        "-out:" + folder.resolve("Heap.dll"), Toolchain.copy(folder, "Heap.cs").toString()));
    for (String library : List.of("System.Private.CoreLib", "System.Runtime", "System.Console", "System.Collections")) {
      command.add("-r:" + version.resolve(library + ".dll"));
    }
    Toolchain.run(command, folder);
    return folder.resolve("Heap.dll");
  }

  private static Optional<Path> newest(Path versions, String file) throws IOException {
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(versions)) {
      return folders.map(version -> version.resolve(file)).filter(Files::exists)
          .max(Comparator.comparing((Path path) -> path.toFile().lastModified()));
    }
  }

  private static long sum(RuntimeFacts heap, String end) {
    return heap.facts().entrySet().stream().filter(fact -> fact.getKey().endsWith(end)).map(Map.Entry::getValue)
        .mapToLong(Long::parseLong).sum();
  }

  /** Its own threads still begin: until it faults no page in for a while. */
  private static long settledFaults(NativeProgram program) throws Exception {
    long before = program.minorFaults();
    for (int calm = 0; calm < CALM_LOOKS; calm++) {
      Thread.sleep(100);
      long now = program.minorFaults();
      calm = now == before ? calm : 0;
      before = now;
    }
    return before;
  }

  private static RuntimeFacts read(NativeProgram program) throws Exception {
    long faults = settledFaults(program);
    String rss = program.status("VmRSS");
    Smaps smaps = Mappings.read(program.folder());
    try (LiveMemory memory = LiveMemory.open(program.folder(), PLENTY);
        FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(smaps), program.folder())) {
      Parsed<RuntimeFacts> heap = DotnetHeap.read(complete, smaps);
      assertThat(program.minorFaults()).isEqualTo(faults);
      assertThat(program.status("VmRSS")).isEqualTo(rss);
      assertThat(heap.problems()).isEmpty();
      return heap.value();
    }
  }
}
