package io.tare.app.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.Terminal;
import io.tare.app.cli.ExitCode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code tare try PID --remedy N}. */
class LiveRemedyTest {
  private static final Pattern SAID_AND_GOT = Pattern.compile("([\\d.]+) MB came back of ([\\d.]+) MB that were said\\R");

  /** Makes garbage for a while: G1 keeps the heap that this took. */
  static final class Churning {
    private static volatile byte[] last = {};

    public static void main(String[] words) throws Exception {
      for (int i = 0; i < 300_000; i++) {
        last = new byte[10_000];
      }
      System.out.println("ready");
      while (System.in.read() >= 0) {
        continue;
      }
      System.exit(last.length == 0 ? 1 : 0);
    }
  }

  private static Process churning() throws Exception {
    Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-XX:+UseG1GC",
        "-XX:InitialHeapSize=256m", "-Xmx512m", "-cp", System.getProperty("java.class.path"), Churning.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    return process;
  }

  /** The place of a remedy in the list that the report numbers, from one. */
  private static int number(String json, String id) {
    String remedies = json.substring(json.indexOf("\"remedies\""));
    Matcher each = Pattern.compile("\"action\"").matcher(remedies.substring(0, remedies.indexOf("\"" + id + "\"")));
    return (int) each.results().count() + 1;
  }

  @Tag("slow")
  @Test
  void aCollectionReturnsWhatWasSaid() throws Exception {
    Process process = churning();
    try {
      Terminal report = new Terminal();
      report.run(Long.toString(process.pid()), "--format", "json");
      assertThat(report.out()).contains("\"heap.collect\"");
      Terminal terminal = new Terminal();
      String number = Integer.toString(number(report.out(), "heap.collect"));
      assertThat(terminal.run("try", Long.toString(process.pid()), "--remedy", number, "--yes")).as(terminal.err())
          .isEqualTo(ExitCode.FINE);
      Matcher words = SAID_AND_GOT.matcher(terminal.out());
      assertThat(words.matches()).as(terminal.out()).isTrue();
      assertThat(Double.parseDouble(words.group(1)) / Double.parseDouble(words.group(2))).isBetween(0.8, 1.25);
      assertThat(terminal.err()).contains("price  a full collection");
    } finally {
      process.destroyForcibly();
    }
  }

  @Tag("slow")
  @Test
  void whatTakesARestartOrIsNotInTheListIsRefusedAndTheProcessLeftAlone() throws Exception {
    Process process = churning();
    try {
      String pid = Long.toString(process.pid());
      Terminal report = new Terminal();
      report.run(pid, "--format", "json");
      Terminal restart = new Terminal();
      assertThat(restart.run("try", pid, "--remedy", Integer.toString(number(report.out(), "heap.periodic")), "--yes"))
          .isEqualTo(ExitCode.USAGE);
      assertThat(restart.err()).contains("takes more than an order to a running JVM", "--vary 'jvm=,-XX:G1PeriodicGCInterval");
      Terminal none = new Terminal();
      assertThat(none.run("try", pid, "--remedy", "99", "--yes")).isEqualTo(ExitCode.USAGE);
      assertThat(none.err()).contains("'tare " + pid + "' shows them with their numbers");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void withoutATerminalNothingIsAppliedUnconfirmed() {
    Terminal terminal = new Terminal();
    String self = Long.toString(ProcessHandle.current().pid());
    assertThat(List.of(terminal.run("try", self, "--remedy", "1"))).containsExactly(ExitCode.USAGE);
    assertThat(terminal.err()).contains("nobody is there to confirm that");
  }
}
