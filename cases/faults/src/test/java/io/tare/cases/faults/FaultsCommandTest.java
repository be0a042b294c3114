package io.tare.cases.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.cases.faults.scene.JsonReader;
import io.tare.cases.faults.table.FaultTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class FaultsCommandTest {
  @Test
  void listPrintsOneJsonObjectPerFault() throws Exception {
    Ended ended = run("list");
    assertThat(ended.exitCode).isZero();
    assertThat(ended.output.lines().map(JsonReader::object).map(facts -> facts.get("name")).toList())
        .isEqualTo(FaultTable.all().stream().map(fault -> (Object) fault.name()).toList());
  }

  @Test
  void launchPrintsACommandThatNamesTheJvmTheFlagsAndTheFault() throws Exception {
    Ended ended = run("launch", "idle-heap", "--collector", "Serial", "--size", "16m");
    List<?> command = (List<?>) JsonReader.object(ended.output).get("command");
    assertThat(command.get(0).toString()).endsWith("/java");
    assertThat(command.stream().map(Object::toString)).contains("-XX:+UseSerialGC", "-Xms96m", "-Xmx96m", "idle-heap");
  }

  @Test
  void aCollectorThatTheFaultMakesNoSenseWithIsSkippedWithAReason() throws Exception {
    Ended ended = run("launch", "humongous", "--collector", "Serial");
    assertThat(ended.exitCode).isEqualTo(3);
    assertThat(JsonReader.object(ended.output).get("skipped")).isEqualTo("it makes sense with G1 only");
  }

  @Test
  void anUnknownNameIsAUsageError() throws Exception {
    Ended ended = run("no-such-fault");
    assertThat(ended.exitCode).isEqualTo(2);
    assertThat(ended.output).contains("no fault is named no-such-fault").contains("usage:");
  }

  @Test
  void aSizeThatIsNoNumberIsAUsageError() throws Exception {
    assertThat(run("live-heap", "--size", "big").output).contains("--size wants a number such as 64m, not 'big'");
  }

  @Test
  void aFaultEndsAtItsTimeLimitAlthoughItsInputIsOpen() throws Exception {
    Process process = start(List.of("shared-memory", "--size", "1m", "--hold", "1"));
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private record Ended(int exitCode, String output) {}

  private static Ended run(String... arguments) throws IOException, InterruptedException {
    Process process = start(List.of(arguments));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private static Process start(List<String> arguments) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(
        List.of(java.toString(), "-Xmx64m", "-cp", System.getProperty("java.class.path"), Faults.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
