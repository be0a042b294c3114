package io.tare.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OffsetsTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void aRunShowsTheThreeStagesAndCommitsEverything() throws Exception {
    assertThat(run("run", "--instances", "2", "--messages", "5000", "--rounds", "2")).isZero();
    assertThat(text()).contains("[MEMSTATS:START]", "[MEMSTATS:AFTER_RUN]", "[MEMSTATS:AFTER_GC]",
        "30,000 messages committed");
    assertThat(text().lines().filter(line -> line.startsWith("Threads  "))).singleElement().asString().endsWith("yes");
  }

  @Test
  void aLeakOfTimersShowsInTheTable() throws Exception {
    assertThat(run("run", "--instances", "2", "--messages", "500", "--rounds", "3", "--leak", "timers")).isZero();
    assertThat(text().lines().filter(line -> line.startsWith("Threads  "))).singleElement().asString()
        .endsWith("NO: 6 more");
  }

  @Test
  void aStuckMessageIsBoundedInARingOnly() throws Exception {
    assertThat(run("stuck", "--messages", "20000")).isZero();
    assertThat(run("stuck", "--messages", "20000", "--variant", "locked-map")).isZero();
    assertThat(text()).contains("is held back", "is taken as well", "next to read: 0 while stuck, 20,000");
  }

  @Test
  @Tag("slow")
  void aLeakIsAFindingInTheExitCode() throws Exception {
    assertThat(run("leaks", "--instances", "1", "--messages", "200", "--leak", "statics")).isEqualTo(1);
    assertThat(text()).contains("Leak: grows with every run").contains("Latencies");
  }

  @Test
  void whatTheCommandLineCantMeanIsSaid() throws Exception {
    assertThat(run("walk")).isEqualTo(2);
    assertThat(run("run", "--variant", "tree")).isEqualTo(2);
    assertThat(run("run", "--messages", "0")).isEqualTo(2);
    assertThat(run("run", "--messages")).isEqualTo(2);
    assertThat(run("run", "--leak", "entries")).isEqualTo(2);
    assertThat(text()).contains("unknown command walk", "[locked-map, concurrent-map, ring], not tree",
        "from 1 to 100000000, not 0", "--messages needs a value", "a ring has no entries that could stay");
  }

  private int run(String... arguments) throws InterruptedException {
    return Offsets.run(List.of(arguments), new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
