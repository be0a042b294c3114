package io.tare.cases.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.cases.faults.leaks.Leak;
import io.tare.cases.faults.leaks.LeakTable;
import io.tare.cases.faults.leaks.Leaks;
import io.tare.cases.faults.scene.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaksCommandTest {
  @Test
  void listPrintsEveryLeakWithItsSentenceAndItsTruth() throws Exception {
    Process process = start("list");
    List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.stream().map(JsonReader::object).map(facts -> facts.get("leak")).toList())
        .isEqualTo(LeakTable.all().stream().map(leak -> (Object) leak.name()).toList());
    assertThat(lines).allSatisfy(
        line -> assertThat(JsonReader.object(line)).containsKeys("sentence", "suspect", "piledUp"));
  }

  @Test
  void namesAreDifferent() {
    assertThat(LeakTable.all()).extracting(Leak::name).doesNotHaveDuplicates();
  }

  @Test
  void aLeakSaysItsTruthAndEndsWithItsInput() throws Exception {
    Process process = start("driver");
    String line = process.inputReader().readLine();
    assertThat(JsonReader.object(line)).containsEntry("leak", "driver").containsEntry("ready", true)
        .containsEntry("pid", process.pid());
    assertThat(process.isAlive()).isTrue();
    process.outputWriter().close();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void anUnknownNameIsAUsageError() throws Exception {
    Process process = start("no-such-leak");
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("no leak is named no-such-leak").contains("usage:");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  private static Process start(String... arguments) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(
        List.of(java.toString(), "-Xmx64m", "-cp", System.getProperty("java.class.path"), Leaks.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
