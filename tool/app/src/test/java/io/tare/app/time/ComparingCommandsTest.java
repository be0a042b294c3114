package io.tare.app.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.Terminal;
import io.tare.app.cli.ExitCode;
import io.tare.history.recording.Entry;
import io.tare.history.recording.EntryWriter;
import io.tare.history.recording.FrameScan.FileHead;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tare log}, {@code tare diff} and {@code tare check} as a user meets them. */
class ComparingCommandsTest {
  private static final long START = 1_772_442_000_000L;
  private static final String SELF = Long.toString(ProcessHandle.current().pid());
  private final Terminal terminal = new Terminal();

  @TempDir
  private Path folder;

  private Path collections(String name, double megabytesPerMinute) throws IOException {
    StringBuilder log = new StringBuilder("[0.002s][info][gc] Using Serial\n");
    for (int i = 0; i < 200; i++) {
      double seconds = 6.0 * i;
      log.append(String.format(Locale.ROOT, "[%.3fs][info][gc] GC(%d) Pause Full (Ergonomics) %dK->%dK(65536K) 1.5ms%n",
          seconds, i, 40_000, (long) (10_000 + megabytesPerMinute * 1024 * seconds / 60)));
    }
    return Files.writeString(folder.resolve(name), log);
  }

  @Test
  void aLogThatProvesALeakIsAFinding() throws IOException {
    assertThat(terminal.run("log", collections("gc.log", 1).toString())).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("It leaks: heap.live grows by 60.0 MB", "COLLECTIONS  Serial", "200 pauses");
  }

  @Test
  void severalAreAnInvestigationStageByStageAsTextPageAndMarkdown() throws IOException {
    String log = collections("first.log", 0).toString();
    Path markdown = folder.resolve("report.md");
    assertThat(terminal.run("diff", "as it was=" + log, "again=" + log, log, "-o", markdown.toString()))
        .isEqualTo(ExitCode.FINE);
    assertThat(Files.readString(markdown)).startsWith("# as it was \u2192 first.log\n").contains("\n## a. as it was\n",
        "\n## b. again\n", "**Returned**, held against as it was: ", "**Returned**, held against again: ");
    assertThat(terminal.run("diff", log, log, log)).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("STAGES", "c  first.log  held against first.log");
    assertThat(terminal.run("diff", log, log, log, "--format", "json")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("of each pair there is json");
    assertThat(terminal.run("diff", log)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("two or more");
    assertThat(terminal.run("diff", folder.toString())).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).contains("holds no trial");
  }

  /** A megabyte and a half in ten minutes is noise to one, and a leak to another. */
  @Test
  void whatIsWorthAVerdictIsTheUsersOwn() throws IOException {
    String file = slowlyGrowing("slow.tarerec").toString();
    Path rules = Files.writeString(folder.resolve("own.rules"), "leak.least = 1 MB\n");
    assertThat(terminal.run("check", file, "--no-leak")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.run("check", file, "--no-leak", "--rules", rules.toString())).isEqualTo(ExitCode.FINDING);
    assertThat(new Terminal().run(file)).isEqualTo(ExitCode.FINE);
    assertThat(terminal.run(file, "--rules", rules.toString())).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("It leaks: malloc.used grows by 8.79 MB");
    Files.writeString(rules, "leak.leest = 1 MB\n");
    assertThat(terminal.run("check", file, "--no-leak", "--rules", rules.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("Did you mean 'leak.least'?");
  }

  private Path slowlyGrowing(String name) throws IOException {
    EntryWriter writer = new EntryWriter();
    writer.add(new Entry.Target(START, 1,
        new RecordedProcess(4711, 1, "boot", "orders.jar", "HotSpot JVM", OptionalLong.empty())));
    for (int i = 0; i <= 60; i++) {
      long bytes = (40L << 20) + i * (25L << 10);
      writer.add(new Entry.Weighed(1, new Weighing(START + i * 10_000L, WeighingReason.TURN, bytes,
          OptionalLong.of(bytes), Map.of("malloc.used", bytes), 0, 1000)));
    }
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(FileHead.bytes());
      out.write(writer.bytes(), 0, writer.size());
    }
    return file;
  }

  @Test
  void aHealthyLogIsFineAlsoWhenItIsCompressed() throws IOException {
    byte[] plain = Files.readAllBytes(collections("gc.log", 0));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    Path file = Files.write(folder.resolve("gc.log.gz"), packed.toByteArray());
    assertThat(terminal.run("log", file.toString())).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("No leak: the live heap does not grow", "Native memory was not read");
  }

  @Test
  void whatWentBackAfterTheLoadIsToldFromAMark() throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      log.append(
          "2026-11-06T12:%02d:00Z [MEMSTATS:%s] Alloc=9MB RSS=%dMB%n".formatted(i, i == 20 ? "AFTER_RUN" : "TICK",
              i <= 20 ? 500 : i < 30 ? 500 - 20 * (i - 20) : 300));
    }
    Path file = Files.writeString(folder.resolve("app.log"), log);
    assertThat(terminal.run("log", file.toString(), "--settling")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("told by the mark AFTER_RUN", "rss", "200 MB", "300 MB, measured");
    assertThat(terminal.run("log", file.toString(), "--settling=NEVER")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
  }

  @Test
  void aLogWithNothingOfMemoryIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("app.log"), "started\nstopped\n");
    assertThat(terminal.run("log", file.toString())).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).contains("is of a format that is known");
  }

  @Test
  void everyFormThatIsPromisedIsWritten() throws IOException {
    String log = collections("gc.log", 1).toString();
    assertThat(terminal.run("log", log, "--format", "json")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("\"schema\": \"tare.log/1\"", "\"answer\": \"leak\"");
    Path page = folder.resolve("log.html");
    terminal.run("log", log, "-o", page.toString());
    assertThat(Files.readString(page)).startsWith("<!doctype html>").contains("It leaks");
    assertThat(terminal.run("log", log, "--format", "openmetrics")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void twoCapturesOfTheSameProcessAreCompared() {
    String capture = folder.resolve("self.tare").toString();
    terminal.run("capture", SELF, "-o", capture);
    assertThat(terminal.run("diff", capture, capture)).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("Gross did not change by more than noise", "The price is not known");
    assertThat(terminal.run("diff", capture, capture, "--format", "json")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("\"schema\": \"tare.diff/1\"");
    assertThat(terminal.run("diff", capture)).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aBudgetThatIsKeptIsFineAndOneThatIsBrokenIsAFinding() throws IOException {
    String capture = folder.resolve("self.tare").toString();
    terminal.run("capture", SELF, "-o", capture);
    assertThat(terminal.run("check", capture, "--max", "rss=100GB", "--max", "threads=5000")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("rss <= 100GB", "threads <= 5000");
    Path budget = Files.writeString(folder.resolve("orders.budget"), "rss = 1MB # too little\n");
    Path xml = folder.resolve("memory.xml");
    assertThat(terminal.run("check", capture, "--budget", budget.toString(), "--junit", xml.toString()))
        .isEqualTo(ExitCode.FINDING);
    assertThat(Files.readString(xml, StandardCharsets.UTF_8)).contains("failures=\"1\"", "name=\"rss &lt;= 1MB\"");
  }

  @Test
  void aSingleMomentProvesNoAbsenceOfALeak() {
    String capture = folder.resolve("self.tare").toString();
    terminal.run("capture", SELF, "-o", capture);
    assertThat(terminal.run("check", capture, "--no-leak")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.out()).contains("cannot tell", "a single moment proves no leak");
  }

  @Test
  void aLogIsCheckedForLeaks() throws IOException {
    assertThat(terminal.run("check", collections("gc.log", 1).toString(), "--no-leak")).isEqualTo(ExitCode.FINDING);
    assertThat(terminal.run("check", collections("gc.log", 0).toString(), "--no-leak")).isEqualTo(ExitCode.FINE);
  }

  @Test
  void aBudgetThatCannotBeReadIsAMistakeOfTheUser() {
    assertThat(terminal.run("check", SELF)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("check", SELF, "--max", "rss")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("write 'account = amount'");
  }
}
