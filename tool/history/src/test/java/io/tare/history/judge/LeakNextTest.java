package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A leak is said with the command that finds its holder, whatever the runtime. */
class LeakNextTest {
  private static final Instant NOW = Instant.EPOCH;

  private static LeakVerdict verdict(Answer answer, String target, String... growing) {
    List<SeriesVerdict> courses = Stream.of(growing).map(id -> new SeriesVerdict(id, SeriesUnit.BYTES, LeakRole.NET,
        Direction.GROWING, 1, 2, Optional.empty(), NOW, Optional.empty(), "")).toList();
    return new LeakVerdict(target, NOW, NOW, answer, "", courses, Optional.empty(), Optional.empty(), Optional.empty(),
        List.of());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "heap.live | tare who 4711: of which classes the objects are; tare heap 4711: who holds them",
      "classes | tare heap 4711: which class loaders are there, and who holds them",
      "metaspace.nonclass | tare heap 4711: which class loaders are there, and who holds them",
      "go.heap | tare who 4711: who allocated what is alive", "go.stacks | tare who 4711: where the goroutines wait",
      "python.arenas | tare who 4711: of which types the objects are",
      "v8.heap | v8.writeHeapSnapshot() in the program, twice: what the second holds more",
      "threads | tare 4711 --threads: which threads", "stacks.native | tare 4711 --threads: which threads",
      "fds | ls -l /proc/4711/fd: which files and connections stay open",
      "malloc.used | tare 4711 --all: in which mappings it lies; then a profile of its allocator: tare who FILE"})
  void whatLeaksFirstNamesTheCommand(String leaking, String command) {
    assertThat(verdict(Answer.LEAK, "orders, pid 4711", leaking, "anonymous").next()).hasValue(command);
  }

  @Test
  void theJvmIsAskedForItsNativeMemoryAndALogNamesNoProcess() {
    assertThat(verdict(Answer.LEAK, "orders, pid 4711", "malloc.used", "heap.used").next())
        .hasValue("tare 4711 --ask=nmt: which part of the JVM takes native memory");
    assertThat(verdict(Answer.LEAK, "gc.log", "heap.live").next().orElseThrow()).startsWith("tare who PID: ");
  }

  @Test
  void withoutALeakThereIsNothingToLookFor() {
    assertThat(verdict(Answer.NO_LEAK, "orders, pid 4711", "heap.live").next()).isEmpty();
    assertThat(verdict(Answer.CANNOT_TELL, "orders, pid 4711").next()).isEmpty();
  }
}
