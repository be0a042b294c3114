package io.tare.capture.memory.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class PythonRuntimeLiveTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(2));

  /** Frames and numbers of the report and of the wait after it: a block or two. */
  private static final long REPORTING = 1024;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"python3", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10", "python3.11",
      "python3.12", "python3.13", "python3.14"})
  void theBlocksAgreeWithTheInterpretersOwnReport(String interpreter) throws Exception {
    String python = realInterpreter(Toolchain.require(interpreter));
    Path script = Toolchain.copy(folder, "objects.py");
    try (NativeProgram program = NativeProgram.start(List.of(python, script.toString()))) {
      Parsed<RuntimeFacts> runtime = read(program);
      assertThat(runtime.problems()).isEmpty();
      RuntimeFacts facts = runtime.value();
      near(facts, "blocks.used", said(program, "# bytes in allocated blocks"));
      near(facts, "blocks.free", said(program, "# bytes in available blocks"));
      is(facts, "arenas.count", said(program, "# arenas allocated current"));
      is(facts, "arenas.bytes", said(program, "\\d+ arenas \\* \\d+ bytes/arena"));
      is(facts, "pools.unused", said(program, "\\d+ unused pools \\* \\d+ bytes"));
      is(facts, "pools.headers", said(program, "# bytes lost to pool headers"));
      is(facts, "pools.quantization", said(program, "# bytes lost to quantization"));
      is(facts, "arenas.alignment", said(program, "# bytes lost to arena alignment"));
      assertThat(facts.facts()).containsEntry("blocks.confidence", "measured");
      assertThat(facts.number("blocks.free").orElseThrow()).isGreaterThan(2 << 20);
      long version = program.truth().get("version");
      assertThat(facts.facts().get("version")).startsWith(version / 100 + "." + version % 100);
    }
  }

  private static void near(RuntimeFacts facts, String key, long truth) {
    assertThat(facts.number(key).orElseThrow()).as(key).isCloseTo(truth, within(REPORTING));
  }

  private static void is(RuntimeFacts facts, String key, long truth) {
    assertThat(facts.number(key).orElseThrow()).as(key).isEqualTo(truth);
  }

  /** A line of the interpreter's report, {@code # bytes in allocated blocks        =           33,000,000}. */
  private static long said(NativeProgram program, String words) {
    Pattern line = Pattern.compile(words + "\\s*=\\s*([\\d,]+)");
    return program.said().stream().map(line::matcher).filter(Matcher::find)
        .mapToLong(found -> Long.parseLong(found.group(1).replace(",", ""))).findFirst().orElseThrow();
  }

  @Test
  void withoutTheAllocatorItSaysThatThereAreNoPools() throws Exception {
    String python = realInterpreter(Toolchain.require("python3"));
    try (NativeProgram program = NativeProgram
        .start(List.of("env", "PYTHONMALLOC=malloc", python, "-c",
            "print('ready', flush=True);import time;time.sleep(99)"))) {
      assertThat(read(program).problems()).singleElement()
          .satisfies(problem -> assertThat(problem.message()).contains("no pools"));
    }
  }

  /** A version manager's stand-in starts the interpreter as a child, or refuses a version that is not set. */
  private String realInterpreter(String command) throws Exception {
    String path = Toolchain.run(List.of(command, "-c", "import sys; print(sys.executable)"), folder).strip();
    assumeTrue(path.startsWith("/"), () -> command + " names no interpreter: " + path);
    return path;
  }

  private static Parsed<RuntimeFacts> read(NativeProgram program) throws IOException {
    Smaps smaps = Mappings.read(program.folder());
    assertThat(smaps.mappings()).anyMatch(PythonRuntime::isInterpreter);
    try (LiveMemory live = LiveMemory.open(program.folder(), PLENTY);
        FileBackedMemory memory = new FileBackedMemory(live, new MappingIndex(smaps), program.folder())) {
      ProcessSymbols symbols = ProcessSymbols.find(new MappedFiles(program.folder(), live), smaps,
          PythonRuntime::isInterpreter, PythonRuntime.SYMBOLS);
      return PythonRuntime.read(memory, smaps, symbols);
    }
  }
}
