package io.tare.fleet.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.fleet.store.Database;
import io.tare.fleet.store.FleetFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SimulationTest {
  private static final Plan.Size SIZE = new Plan.Size(2, 6, 3, 1);

  @TempDir
  private Path temporary;

  private long simulate(Plan.Size size, String name, Consumer<String> tell) throws IOException {
    try (Database database = Database.open(256, 1)) {
      return new Simulation(new Plan(size), new FleetFolder(temporary.resolve(name)), database).write(tell);
    }
  }

  /** Every file by its digest: of Parquet files, a byte that differs is enough. */
  private Map<String, Integer> files(String name) throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(temporary.resolve(name))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(temporary.resolve(name).relativize(file).toString(),
            java.util.Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  @Test
  void whatWasCutShortGoesOnAndIsTheSameInTheEnd() throws IOException {
    long rows = simulate(SIZE, "whole", _ -> {});
    assertThatThrownBy(() -> simulate(SIZE, "cut", step -> {
      if (step.equals("day 3 of 3")) {
        throw new IllegalStateException("cut");
      }
    })).hasMessage("cut");
    // As if it had been cut between the minutes of a day and its hours.
    Files.delete(temporary.resolve("cut/ledger_hour/day=2026-01-02/part-0.parquet"));
    assertThat(files("cut")).doesNotContainKeys("truth.json", "inbox/ledger/day=2026-01-03/simulated.parquet");
    assertThat(simulate(SIZE, "cut", _ -> {})).isEqualTo(rows);
    assertThat(files("cut")).isEqualTo(files("whole")).containsKeys("truth.json",
        "inbox/ledger/day=2026-01-03/simulated.parquet", "ledger_hour/day=2026-01-02/part-0.parquet");
  }

  @Test
  void aFolderOfAnotherFleetIsNotTouched() throws IOException {
    simulate(SIZE, "one", _ -> {});
    Map<String, Integer> before = files("one");
    assertThatThrownBy(() -> simulate(new Plan.Size(2, 6, 3, 2), "one", _ -> {}))
        .hasMessage(temporary.resolve("one") + " is not empty: a simulated fleet wants a folder of its own");
    assertThat(files("one")).isEqualTo(before);
  }
}
