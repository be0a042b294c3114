package io.tare.sync.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.sync.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir
  Path directory;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void whatIsTypedWronglyIsSaidWithTheUsage() throws Exception {
    assertThat(run()).isEqualTo(2);
    assertThat(run("fly")).isEqualTo(2);
    assertThat(run("bench", "--entires", "1")).isEqualTo(2);
    assertThat(said()).contains("unknown option: --entires");
    assertThat(run("bench", "--state")).isEqualTo(2);
    assertThat(said()).contains("--state wants a value");
    assertThat(run("bench", "--state", file("many"), "--entries", "many")).isEqualTo(2);
    assertThat(run("bench", "--state", file("x"), "--batch", "0")).isEqualTo(2);
    assertThat(run("run", "--from", "s3://b/x", "--to", directory.toString(), "--state", file("s"))).isEqualTo(2);
    assertThat(said()).contains("AWS_ACCESS_KEY_ID");
  }

  @Test
  void aDirectoryIsSyncedAndItsStatusShown() throws Exception {
    Path source = Files.createDirectories(directory.resolve("a"));
    Files.writeString(source.resolve("file"), "content");
    String[] words = {"run", "--from", source.toString(), "--to", file("b"), "--state", file("s")};
    assertThat(run(words)).isZero();
    assertThat(said()).contains("1 brought over");
    assertThat(directory.resolve("b/file")).hasContent("content");
    assertThat(run("status", "--state", file("s"))).isZero();
    assertThat(said()).containsPattern("SYNCED +1").contains("1 files in");
  }

  @Test
  void aSourceThatIsMissingIsSaidInOneLine() throws Exception {
    assertThat(run("run", "--from", file("none"), "--to", file("b"), "--state", file("s"))).isEqualTo(3);
    assertThat(said()).contains("is not a directory");
  }

  @Test
  void aTornStateFileIsSaidInOneLine() throws Exception {
    Files.write(directory.resolve("torn"), new byte[5000]);
    assertThat(run("status", "--state", file("torn"))).isEqualTo(3);
    assertThat(said()).contains("not a state file");
  }

  @Test
  void benchTrapAndCompactShowTheirNumbers() throws Exception {
    assertThat(run("bench", "--state", file("bench"), "--entries", "20k", "--batch", "1k")).isZero();
    assertThat(said()).contains("prepare").contains("finalize").contains("20,000");
    assertThat(run("prepare", "--state", file("bench"))).isZero();
    assertThat(run("trap", "--state", file("trap"), "--entries", "20k", "--batch", "1k")).isZero();
    assertThat(said()).contains("while a reader stays open").contains("compacted");
    assertThat(run("compact", "--state", file("bench"))).isZero();
  }

  @Test
  @Tag("slow")
  void theNaiveWayRunsOutOfTheHeapThatTheBatchesNeedAFractionOf() throws Exception {
    String[] naive = {"bench", "--state", file("naive"), "--entries", "300k", "--variant", "naive", "--durability",
        "phase"};
    SyncProgram.Ended dead = SyncProgram.run(java.util.Map.of(), directory.resolve("naive.log"), naive);
    assertThat(dead.exitCode()).as(dead.said()).isNotZero();
    assertThat(dead.said()).contains("OutOfMemoryError");
    String[] batched = {"bench", "--tsv", "--state", file("batched"), "--entries", "300k", "--durability", "phase"};
    SyncProgram.Ended fine = SyncProgram.run(java.util.Map.of(), directory.resolve("batched.log"), batched);
    assertThat(fine.exitCode()).as(fine.said()).isZero();
    List<io.tare.sync.bench.PhaseResult> phases = fine.said().lines()
        .flatMap(line -> io.tare.sync.bench.PhaseTsv.parse(line).stream()).toList();
    assertThat(phases).hasSize(3).allSatisfy(phase -> {
      assertThat(phase.memory().heap().afterGcBytes()).isLessThan(30 << 20);
      assertThat(phase.file().bytesAfter()).isLessThan(phase.files() * 152 + (4 << 20));
    });
  }

  private int run(String... words) throws InterruptedException {
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    return Main.run(List.of(words), new Console(stream, stream));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }
}
