package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.fleet.agent.AgentProcess.Held;
import io.tare.history.live.RecordingFiles;
import io.tare.history.live.SteadyClock;
import io.tare.history.recording.Recording;
import io.tare.model.history.Ending;
import io.tare.report.look.MetricsDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop, in this process, on programs of its own. */
@Tag("slow")
@Timeout(120)
class NodeAgentTest {
  @TempDir
  private Path folder;
  private final AtomicLong setBy = new AtomicLong();
  private final AgentNumbers numbers = new AgentNumbers();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private List<Process> targets = List.of();
  private @Nullable Spool spool;
  private @Nullable AgentPage page;
  private @Nullable NodeAgent agent;
  private @Nullable Thread loop;

  @AfterEach
  void endTargets() {
    targets.forEach(Process::destroyForcibly);
  }

  private void begin(String... more) throws Exception {
    AgentProcess files = new AgentProcess(folder);
    List<String> words = new ArrayList<>(List.of("--match", files.name(), "--to", files.out().toString(), "--spool-dir",
        folder.resolve("state").toString(),
        "--interval", "50ms", "--least-age", "0", "--budget", "100", "--node", "n1"));
    words.addAll(List.of(more));
    AgentSettings settings = AgentSettings.of(Arguments.parse(AgentCommand.COMMAND, words),
        Console.withoutAnswers(Map.of()));
    Files.createDirectories(files.out());
    AgentLog log = new AgentLog(said::add);
    Spool theSpool = Spool.open(settings.spoolFolder(), settings.spoolBytes());
    spool = theSpool;
    AgentPage thePage = new AgentPage(numbers, theSpool, "test", "n1");
    page = thePage;
    Delivery delivery = new Delivery(theSpool, new Destination.Folder(files.out(), "n1"), "n1", 100, numbers, log);
    NodeAgent theAgent = new NodeAgent(settings,
        new NodeAgent.Parts(theSpool, delivery, new WhoseProcess(settings.where(), log), numbers, thePage, log, "test"),
        new SteadyClock(() -> System.currentTimeMillis() + setBy.get(), () -> System.nanoTime() / 1_000_000));
    agent = theAgent;
    loop = Thread.ofPlatform().uncaughtExceptionHandler((_, thrown) -> said.add("failed: " + thrown)).start(() -> {
      try {
        theAgent.run(0);
      } catch (IOException | InterruptedException failed) {
        said.add("failed: " + failed);
      }
    });
  }

  private void awaitSamples(long more) throws InterruptedException {
    long wanted = numbers.samples.get() + more;
    while (numbers.samples.get() < wanted) {
      Thread.sleep(10);
    }
  }

  private List<Path> end() throws Exception {
    Objects.requireNonNull(agent).stop();
    Objects.requireNonNull(loop).join();
    Objects.requireNonNull(spool).close();
    assertThat(said).noneMatch(line -> line.startsWith("failed"));
    return AgentProcess.segments(folder.resolve("out"));
  }

  @Test
  void whenTheClockIsSetWhatIsWrittenKeepsItsTimeAndANewFileBeginsInTheNewOne() throws Exception {
    targets = new AgentProcess(folder).targets(1);
    begin();
    awaitSamples(10);
    setBy.set(-7_200_000);
    awaitSamples(10);
    List<Path> files = end();
    assertThat(numbers.clockSteps).hasValue(1);
    assertThat(files).hasSize(2);
    Held later = Held.of(files.get(0));
    Held earlier = Held.of(files.get(1));
    long between = earlier.samples.last() - later.samples.first();
    assertThat(between).as("two hours back, but for the seconds that passed").isBetween(7_100_000L, 7_200_000L);
    for (Held held : List.of(earlier, later)) {
      assertThat(held.samples.last() - held.samples.first()).as("no file has the step in its times").isLessThan(60_000);
      assertThat(held.notes()).anySatisfy(note -> assertThat(note).isEqualTo(
          "the machine's clock was set back by 7200.0 s; what stands before this in a file of its own keeps its time"));
    }
  }

  @Test
  void aProcessThatEndsIsToldAtOnceAndTheNextOfItsNameIsAnother() throws Exception {
    AgentProcess files = new AgentProcess(folder);
    targets = files.targets(1);
    begin();
    awaitSamples(5);
    targets.getFirst().destroyForcibly().waitFor();
    while (numbers.delivered.get() < 1) {
      Thread.sleep(10);
    }
    List<Process> all = new ArrayList<>(targets);
    all.addAll(files.targets(1));
    targets = all;
    awaitSamples(5);
    List<Path> segments = end();
    assertThat(segments).hasSize(2);
    List<Recording> recordings = new ArrayList<>();
    for (Path segment : segments) {
      recordings.add(RecordingFiles.open(segment));
    }
    Recording first = recordings.stream().filter(one -> one.tracks().getFirst().process().pid() == targets.get(0).pid())
        .findFirst().orElseThrow();
    Recording second = recordings.stream()
        .filter(one -> one.tracks().getFirst().process().pid() == targets.get(1).pid()).findFirst().orElseThrow();
    assertThat(first.tracks().getFirst().ending().orElseThrow().cause()).isIn(Ending.Cause.SIGNALLED,
        Ending.Cause.VANISHED);
    assertThat(second.tracks().getFirst().ending()).isEmpty();
    assertThat(numbers.starts).hasValue(2);
    assertThat(numbers.ends).hasValue(1);
  }

  @Test
  void eachStretchOfTimeIsAFileThatSaysAgainWhoseItIs() throws Exception {
    targets = new AgentProcess(folder).targets(1);
    begin("--segment", "1s");
    while (numbers.delivered.get() < 3) {
      assertThat(said).noneMatch(line -> line.startsWith("failed"));
      Thread.sleep(20);
    }
    List<Path> files = end();
    assertThat(files).hasSizeGreaterThanOrEqualTo(4);
    long last = 0;
    for (Path file : files) {
      Held held = Held.of(file);
      long began = SegmentName.parse(String.valueOf(file.getFileName())).orElseThrow().beganMillis();
      assertThat(began).as("the one before was over").isGreaterThanOrEqualTo(last);
      assertThat(held.pid).isEqualTo(targets.getFirst().pid());
      assertThat(RecordingFiles.open(file).tracks().getFirst().labels())
          .containsEntry("service", new AgentProcess(folder).name()).containsEntry("node", "n1");
      assertThat(RecordingFiles.open(file).runs()).singleElement()
          .satisfies(run -> assertThat(run.isClosed()).isTrue());
      if (!held.samples.isEmpty()) {
        assertThat(held.samples.first()).isGreaterThanOrEqualTo(began);
        last = held.samples.last();
      }
    }
  }

  @Test
  void beyondTheMostThereIsNoMoreAndThatIsSaid() throws Exception {
    targets = new AgentProcess(folder).targets(4);
    begin("--most", "3");
    awaitSamples(20);
    String metrics = Objects.requireNonNull(page).render(MetricsDialect.OPENMETRICS);
    end();
    assertThat(metrics).contains("\ntare_agent_processes 3\n", "\ntare_agent_processes_left_out 1\n",
        "tare_service_processes{service=\"" + new AgentProcess(folder).name() + "\"} 3\n").endsWith("# EOF\n");
    assertThat(said).filteredOn(line -> line.contains("event=too-many-processes")).singleElement().asString()
        .contains("most=3 left-out=1");
  }
}
