package io.tare.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.cli.ExitCode;
import io.tare.fleet.ask.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetCommandsTest {
  private final Terminal terminal = new Terminal();

  @TempDir
  private Path folder;

  @Test
  void theJarAddsItsCommandsToHelp() {
    assertThat(terminal.run("help")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("  fleet ask [QUESTION]", "  fleet import FILE|DIR|s3://BUCKET/PREFIX…",
        "  fleet compact",
        "  fleet expire",
        "  fleet simulate", "  agent");
    for (String form : List.of("ask", "import", "compact", "expire", "simulate")) {
      assertThat(terminal.run("help", "fleet", form)).isEqualTo(ExitCode.FINE);
      assertThat(terminal.out()).startsWith("Usage: tare fleet " + form);
    }
  }

  @Test
  void aloneItListsTheQuestionsEachWithASentence() {
    assertThat(terminal.run("fleet", "ask")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out().lines().map(line -> line.strip().split(" ")[0]))
        .containsExactlyElementsOf(Question.ALL.stream().map(Question::name).toList()).hasSize(12);
  }

  @Test
  void anUnknownQuestionGetsTheLikeliest() {
    assertThat(terminal.run("fleet", "ask", "leak", "--fleet", folder.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("there is no question 'leak'. Did you mean 'leaks'?");
    assertThat(terminal.run("fleet", "aks")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("there is no 'tare fleet aks'");
  }

  @Test
  void aFolderThatIsNoFleetsIsToldAndWhatOneHas() throws Exception {
    assertThat(terminal.run("fleet", "ask", "waste", "--fleet", folder.toString()))
        .isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).contains(folder + " holds no ledgers of a fleet: it has neither ledger/day=…");
    assertThat(terminal.run("fleet", "ask", "waste", "--fleet", folder.resolve("absent").toString()))
        .isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).contains("absent, where a fleet's files are looked for");
    Files.createDirectories(folder.resolve("ledger/day=2026-01-01"));
    assertThat(terminal.run("fleet", "ask", "waste", "--fleet", folder.toString()))
        .isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).contains("no file in them that can be read");
  }

  @Test
  void aQuestionOfOnesOwnAsksAndWritesNothing() {
    Path written = folder.resolve("x.csv");
    for (String sql : List.of("DROP VIEW ledger", "COPY (SELECT 1) TO '" + written + "'", "nosuchfile.sql",
        "-- SELECT\nATTACH 'x'")) {
      assertThat(terminal.run("fleet", "ask", "--sql", sql, "--fleet", folder.toString())).as(sql)
          .isEqualTo(ExitCode.USAGE);
      assertThat(terminal.err()).contains("--sql takes a question, which is SELECT … or WITH …");
    }
    assertThat(written).doesNotExist();
    for (String sql : List.of("select 1", "-- of mine\n/* and */ (WITH a AS (SELECT 1) SELECT * FROM a)", "FROM ledger")) {
      assertThat(terminal.run("fleet", "ask", "--sql", sql, "--fleet", folder.toString())).as("is asked of a folder")
          .isEqualTo(ExitCode.COULD_NOT_MEASURE);
    }
  }

  @Test
  void wrongWordsSayWhatIsRight() {
    assertThat(terminal.run("fleet", "ask", "waste", "--price", "cheap", "--fleet", folder.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("--price needs a number such as 0.004, not 'cheap'");
    assertThat(terminal.run("fleet", "compact", "--fleet", "s3://bucket/fleet")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("copy s3://bucket/fleet to a folder first");
    assertThat(terminal.run("fleet", "simulate", "--nodes", "0", "-o", folder.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("fleet", "simulate")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("fleet simulate needs -o DIR");
  }
}
