package io.tare.capture.memory.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.Parsed;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.capture.RuntimeKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in PHP, Ruby and Erlang that print what their own runtimes count. */
@Tag("slow")
class ScriptHeapLiveTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(2));
  private static final long SLOT_BYTES = 40;
  /** The process that counts grows by its counts, and prints them. */
  private static final long REPORTING = 1 << 20;

  @TempDir
  private Path folder;

  @Test
  void ofPhpWhatIsInUseAndWhatIsTakenIsWhatItCountsItself() throws Exception {
    String script = Toolchain.copy(folder, "heap.php").toString();
    try (NativeProgram php = NativeProgram.start(List.of(Toolchain.require("php"), "-n", script))) {
      RuntimeFacts heap = read(php, RuntimeKind.PHP);
      // Between counting and waiting it writes a line.
      assertThat(sum(heap, ".used")).isCloseTo(php.truth().get("used"), within(16L << 10));
      assertThat(sum(heap, ".committed")).isEqualTo(php.truth().get("committed"));
      assertThat(heap.number("huge blocks.used").orElseThrow()).isGreaterThanOrEqualTo(5_000_000);
    }
  }

  @Test
  void ofRubyTheSlotsInUseAreThoseThatItCountsItself() throws Exception {
    String script = Toolchain.copy(folder, "heap.rb").toString();
    try (NativeProgram ruby = NativeProgram.start(List.of(Toolchain.require("ruby"), "--disable-gems", script))) {
      RuntimeFacts heap = read(ruby, RuntimeKind.RUBY);
      long used = heap.facts().keySet().stream().filter(key -> key.endsWith(" B.used"))
          .mapToLong(key -> heap.number(key).orElseThrow() / slotBytes(key)).sum();
      assertThat(used).isCloseTo(ruby.truth().get("used.slots"), within(500L));
      assertThat(sum(heap, ".committed"))
          .isGreaterThanOrEqualTo(ruby.truth().get("slots") * SLOT_BYTES);
    }
  }

  @Test
  void ofErlangTheBlocksInUseAreThoseOfItsOwnAllocators() throws Exception {
    String compiler = Toolchain.require("erlc");
    Process compiled = new ProcessBuilder(compiler, Toolchain.copy(folder, "heap.erl").toString())
        .directory(folder.toFile()).inheritIO().start();
    assertThat(compiled.waitFor()).isZero();
    // Without carriers in malloc's memory its counts are of those in its own alone.
    try (NativeProgram erlang = NativeProgram.start(List.of(Toolchain.require("erl"), "+Musac", "false", "-noshell",
        "-noinput", "-start_epmd", "false", "-pa", folder.toString(), "-s", "heap", "main"))) {
      RuntimeFacts heap = read(erlang, RuntimeKind.BEAM);
      assertThat(heap.number("carriers of blocks.used").orElseThrow())
          .isCloseTo(erlang.truth().get("blocks.used"), within(REPORTING));
      assertThat(heap.number("carriers of blocks.committed").orElseThrow())
          .isCloseTo(erlang.truth().get("blocks.committed"), within(REPORTING));
      assertThat(heap.number("carriers of one block.committed").orElseThrow())
          .isCloseTo(erlang.truth().get("single.committed"), within(REPORTING));
    }
  }

  /** After its last word a program still goes to sleep. */
  private static long settledFaults(NativeProgram program) throws Exception {
    long before = program.minorFaults();
    Thread.sleep(200);
    for (long now = program.minorFaults(); now != before; now = program.minorFaults()) {
      before = now;
      Thread.sleep(200);
    }
    return before;
  }

  private static long slotBytes(String key) {
    return Long.parseLong(key.replaceAll("[^0-9]", ""));
  }

  private static long sum(RuntimeFacts heap, String end) {
    return heap.facts().entrySet().stream().filter(fact -> fact.getKey().endsWith(end)).map(Map.Entry::getValue)
        .mapToLong(Long::parseLong).sum();
  }

  private static RuntimeFacts read(NativeProgram program, RuntimeKind kind) throws Exception {
    long faults = settledFaults(program);
    try (LiveMemory memory = LiveMemory.open(program.folder(), PLENTY)) {
      Parsed<RuntimeFacts> heap = ScriptHeap.read(kind, memory, Mappings.read(program.folder()));
      if (kind != RuntimeKind.BEAM) {
        // Erlang's own threads wake up meanwhile.
        assertThat(program.minorFaults()).isEqualTo(faults);
      }
      assertThat(heap.problems()).isEmpty();
      return heap.value();
    }
  }
}
