package io.tare.sync.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a JVM of its own, with a state file that is larger than what it may have resident. */
@Tag("slow")
class RssBudgetTest {
  private static final Pattern PEAK = Pattern.compile("peak RSS ([0-9.]+) MB, budget 192.0 MB");

  @TempDir
  Path directory;

  @Test
  void theBudgetIsKeptHoweverLargeTheStateFileIs() throws Exception {
    String state = directory.resolve("large.state").toString();
    SyncProgram.Ended filled = SyncProgram.run(Map.of(), directory.resolve("fill.log"), "bench", "--state", state,
        "--entries", "1m", "--durability", "phase");
    assertThat(filled.exitCode()).as(filled.said()).isZero();
    assertThat(Files.size(Path.of(state))).isGreaterThan(140L << 20);
    Path source = Files.createDirectories(directory.resolve("source"));
    Files.writeString(source.resolve("one"), "file");
    SyncProgram.Ended ended = SyncProgram.run(Map.of(), directory.resolve("run.log"), "run", "--from",
        source.toString(), "--to", directory.resolve("to").toString(), "--state", state, "--durability", "phase",
        "--rss-budget", "192m");
    assertThat(ended.exitCode()).as(ended.said()).isZero();
    Matcher peak = PEAK.matcher(ended.said());
    assertThat(peak.find()).as(ended.said()).isTrue();
    assertThat(Double.parseDouble(peak.group(1))).as(ended.said()).isLessThan(192.0);
  }
}
