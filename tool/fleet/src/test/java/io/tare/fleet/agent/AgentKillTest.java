package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.fleet.agent.AgentProcess.Held;
import io.tare.history.live.RecordingFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent, ended by force at random moments, again and again; {@code -Dagent.kills=50} for more of them. */
@Tag("slow")
@Timeout(1800)
class AgentKillTest {
  private static final int KILLS = Integer.getInteger("agent.kills", 6);

  @TempDir
  private Path folder;
  private List<Process> targets = List.of();

  @AfterEach
  void endTargets() {
    targets.forEach(Process::destroyForcibly);
  }

  // What has its final name is whole, and stays as it is. What stood in the spool when the agent was killed is delivered by a later one, each
  // reading once.
  @Test
  void nothingThatWasAcknowledgedIsLostAndNothingThatWasWrittenIs() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    AgentProcess agent = new AgentProcess(folder);
    targets = agent.targets(3);
    Map<Path, byte[]> acknowledged = new HashMap<>();
    Map<Long, TreeSet<Long>> written = new TreeMap<>();
    for (int kill = 0; kill < KILLS; kill++) {
      Map<String, Long> before = agent.sizes();
      Process running = agent.start();
      // While it begins, or while it is at work.
      if (kill % 3 == 0) {
        agent.awaits("began");
      } else {
        agent.awaits("recorded", targets.size());
        agent.awaitsMoreThan(before, targets.size());
      }
      Thread.sleep(random.nextInt(2_500));
      running.destroyForcibly().waitFor();
      for (Map.Entry<Path, byte[]> known : acknowledged.entrySet()) {
        assertThat(Files.readAllBytes(known.getKey())).as("acknowledged before kill %d, seed %d", kill, seed)
            .isEqualTo(known.getValue());
      }
      for (Path file : AgentProcess.segments(agent.out())) {
        assertThat(RecordingFiles.open(file).problems()).as("%s after kill %d, seed %d", file, kill, seed).isEmpty();
        acknowledged.putIfAbsent(file, Files.readAllBytes(file));
      }
      for (Path file : AgentProcess.segments(agent.spool())) {
        if (Files.size(file) >= 16) {
          AgentProcess.add(List.of(file), written);
        }
      }
    }
    agent.deliversAll();
    Map<Long, TreeSet<Long>> delivered = AgentProcess.readings(agent.out());
    assertThat(delivered.keySet()).containsExactlyElementsOf(targets.stream().map(Process::pid).sorted().toList());
    written.forEach((pid, readings) -> assertThat(delivered.getOrDefault(pid, new TreeSet<>())).as("seed %d", seed)
        .containsAll(readings));
    eachReadingStandsInOneFileOnly(agent);
    try (var all = Files.walk(agent.out())) {
      assertThat(all.filter(file -> String.valueOf(file.getFileName()).startsWith(".tare-"))).as("nothing half is left")
          .isEmpty();
    }
    System.out.println(KILLS + " kills: " + acknowledged.size() + " segments acknowledged before them, "
        + written.values().stream().mapToInt(TreeSet::size).sum()
        + " readings in the spool at the kills, all delivered; "
        + AgentProcess.segments(agent.out()).size() + " segments in the end");
  }

  private static void eachReadingStandsInOneFileOnly(AgentProcess agent) throws Exception {
    int inFiles = 0;
    for (Path file : AgentProcess.segments(agent.out())) {
      Held held = Held.of(file);
      assertThat(held.doubles).isZero();
      inFiles += held.samples.size();
    }
    assertThat(inFiles).isEqualTo(AgentProcess.readings(agent.out()).values().stream().mapToInt(TreeSet::size).sum());
  }

  @Test
  void askedToEndItLeavesWholeFilesAndAnEmptySpool() throws Exception {
    AgentProcess agent = new AgentProcess(folder);
    targets = agent.targets(5);
    Process running = agent.start("--segment", "1h");
    agent.awaits("recorded", 5);
    Thread.sleep(500);
    assertThat(AgentProcess.segments(agent.out())).as("an hour is not over").isEmpty();
    running.toHandle().destroy();
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(running.exitValue()).isZero();
    agent.deliversAll();
    List<Path> files = AgentProcess.segments(agent.out());
    assertThat(files).hasSize(5);
    for (Path file : files) {
      assertThat(RecordingFiles.open(file).problems()).isEmpty();
      assertThat(RecordingFiles.open(file).runs()).singleElement()
          .satisfies(run -> assertThat(run.isClosed()).isTrue());
      assertThat(RecordingFiles.open(file).tracks().getFirst().labels()).containsEntry("node", "n1")
          .containsEntry("service", agent.name());
    }
    assertThat(targets).allSatisfy(target -> assertThat(target.isAlive()).isTrue());
  }

  @Test
  void aPlaceThatWasAwayGetsWhatTheSpoolHeldAndWhatWasDroppedIsSaidInTheData() throws Exception {
    AgentProcess agent = new AgentProcess(folder);
    targets = agent.targets(40);
    Process running = agent.start("--spool", "64k");
    agent.awaits("recorded");
    Path aside = folder.resolve("aside");
    Files.move(agent.out(), aside);
    agent.awaits("dropped");
    long waiting = AgentProcess.segments(agent.spool().resolve("ready")).stream()
        .mapToLong(file -> file.toFile().length()).sum();
    assertThat(waiting).as("what waits is bounded").isLessThanOrEqualTo(128 << 10);
    Files.move(aside, agent.out());
    agent.awaits("delivery-works-again");
    running.toHandle().destroy();
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String log = agent.said();
    assertThat(log).contains("event=delivery-fails", "there is no folder");
    agent.deliversAll();
    List<String> notes = new java.util.ArrayList<>();
    for (Path file : AgentProcess.segments(agent.out())) {
      assertThat(RecordingFiles.open(file).problems()).isEmpty();
      notes.addAll(Held.of(file).notes().stream().filter(note -> note.contains("were dropped")).toList());
    }
    long said = log.lines().filter(line -> line.contains("event=dropped "))
        .mapToLong(line -> Arrays.stream(line.split(" ")).filter(word -> word.startsWith("total="))
            .mapToLong(word -> Long.parseLong(word.substring(6))).findFirst().orElse(0))
        .max().orElse(0);
    assertThat(notes).isNotEmpty();
    assertThat(notes.getLast()).endsWith("since the agent began");
    assertThat(notes.stream()
        .mapToLong(note -> Long.parseLong(note.replaceAll(".*; (\\d+) since the agent began", "$1"))).max().orElse(0))
        .as("the log's count of what was dropped, and that of the data").isEqualTo(said);
  }
}
