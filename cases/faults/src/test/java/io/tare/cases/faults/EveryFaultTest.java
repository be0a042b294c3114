package io.tare.cases.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tare.cases.faults.launch.InstalledJdks;
import io.tare.cases.faults.launch.RunningFault;
import io.tare.cases.faults.launch.Wish;
import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.table.Fault;
import io.tare.cases.faults.table.FaultTable;
import io.tare.cases.faults.table.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts every fault on every JDK of this machine, as a stranger would. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class EveryFaultTest {
  private static final long SIZE = 16L << 20;
  private static final long ROUNDING = 512 << 10;
  @TempDir
  private Path directory;

  static Stream<Arguments> everyFaultOnEveryJdk() throws IOException {
    Map<Integer, Path> jdks = InstalledJdks.javaByFeature();
    return FaultTable.all().stream().flatMap(fault -> jdks.entrySet().stream()
        .limit(fault.program() instanceof Program.Native ? 1 : jdks.size())
        .map(jdk -> Arguments.of(fault.name(), jdk.getKey(), jdk.getValue())));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("everyFaultOnEveryJdk")
  void aFaultSaysItsTruthAndEndsWithItsInput(String name, int feature, Path java) throws Exception {
    Fault fault = FaultTable.byName(name).orElseThrow();
    try (RunningFault running = start(fault, wish(java, Optional.empty()))) {
      assertThat(running.line()).containsEntry("fault", name).containsEntry("ready", true).containsEntry("pid",
          running.pid());
      assertThat(statedOrExcused(running)).containsAll(fault.accounts());
      assertThat((Long) running.line().get("rssBytes")).isPositive();
      assertThat(running.bytes("truth").values()).allMatch(bytes -> bytes >= 0);
      running.bytes("atLeast").forEach((accounts, least) -> assertThat(least).as(accounts)
          .isLessThanOrEqualTo(running.bytes("atMost").getOrDefault(accounts, Long.MAX_VALUE)));
      assertThat(running.end()).isZero();
    }
    assertThat(Files.list(directory)).as("files left behind").isEmpty();
  }

  static Stream<Arguments> everyCollectorOnEveryJdk() throws IOException {
    Map<Integer, Path> jdks = InstalledJdks.javaByFeature();
    return Stream.of("G1", "Serial", "Parallel", "Z", "Shenandoah").flatMap(
        collector -> jdks.entrySet().stream().map(jdk -> Arguments.of(collector, jdk.getKey(), jdk.getValue())));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("everyCollectorOnEveryJdk")
  void theHeapIsFoundUnderEveryCollector(String collector, int feature, Path java) throws Exception {
    Fault fault = FaultTable.byName("live-heap").orElseThrow();
    try (RunningFault running = start(fault, wish(java, Optional.of(collector)))) {
      assertThat(running.line()).containsEntry("collector", collector);
      long resident = running.bytes("truth").get("heap.used+heap.idle");
      assertThat(resident).isBetween(SIZE, (Long) running.line().get("rssBytes"));
      assertThat(running.bytes("truth").getOrDefault("heap.used", SIZE)).isBetween(SIZE, resident + ROUNDING);
    }
  }

  private Wish wish(Path java, Optional<String> collector) {
    return new Wish(java, collector, new Wish.Stage(SIZE, Duration.ofSeconds(600), directory), Optional.empty());
  }

  private static RunningFault start(Fault fault, Wish wish) throws IOException, InterruptedException {
    try {
      return RunningFault.start(fault, wish);
    } catch (Skipped skipped) {
      return abort(skipped.getMessage());
    }
  }

  /** A fault may find that a truth can't be stated this time; its notes then name the account. */
  private static Set<String> statedOrExcused(RunningFault running) {
    Set<String> accounts = statedAccounts(running);
    String notes = String.valueOf(running.line().get("notes"));
    FaultTable.byName(String.valueOf(running.line().get("fault"))).orElseThrow().accounts().stream()
        .filter(notes::contains).forEach(accounts::add);
    return accounts;
  }

  private static Set<String> statedAccounts(RunningFault running) {
    Set<String> stated = new HashSet<>();
    for (String part : List.of("truth", "atLeast", "atMost")) {
      running.bytes(part).keySet().forEach(accounts -> stated.addAll(List.of(accounts.split("\\+"))));
    }
    return stated;
  }
}
