package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.NotThisFormat;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Entry;
import io.tare.history.recording.Entry.EntryVisitor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The agent as a process of its own, and programs of a name that no other has for it to record. */
record AgentProcess(Path folder) {
  private static final long PATIENCE_MILLIS = 120_000;

  Path out() {
    return folder.resolve("out");
  }

  Path spool() {
    return folder.resolve("state/spool");
  }

  Path log() {
    return folder.resolve("log");
  }

  /** Starts so many programs that do nothing. */
  List<Process> targets(int count) throws IOException {
    Path program = folder.resolve(name());
    if (!Files.exists(program)) {
      Path sleep = Stream.of("/usr/bin/sleep", "/bin/sleep").map(Path::of).filter(Files::isExecutable).findFirst()
          .orElseThrow();
      Files.copy(sleep.toRealPath(), program);
    }
    List<Process> targets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      targets.add(new ProcessBuilder(program.toString(), "1000").start());
    }
    return targets;
  }

  String name() {
    return "target" + Math.floorMod(folder.toString().hashCode(), 1_000_000);
  }

  /** Starts the agent, which records those programs twenty times a second; its log is written anew. */
  Process start(String... more) throws IOException {
    List<String> command = new ArrayList<>(
        List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m", "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "-cp",
            System.getProperty("java.class.path"),
            "io.tare.app.Main", "agent", "--match", name(), "--to", out().toString(), "--spool-dir",
            folder.resolve("state").toString(),
            "--interval", "50ms", "--every", "1s", "--segment", "1s", "--least-age", "0", "--retry", "100ms",
            "--budget", "100", "--node", "n1"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile()).start();
  }

  String said() throws IOException {
    return !Files.exists(log()) ? "" : new String(Files.readAllBytes(log()), StandardCharsets.UTF_8);
  }

  /** Waits until the log has that event. */
  void awaits(String event) throws IOException, InterruptedException {
    awaits(event, 1);
  }

  /** Waits until the log has that event so often. */
  void awaits(String event, int times) throws IOException, InterruptedException {
    long until = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (said().lines().filter(line -> line.contains("event=" + event + " ")).count() < times) {
      assertThat(System.currentTimeMillis()).as("%s %d times in: %s", event, times, said()).isLessThan(until);
      Thread.sleep(20);
    }
  }

  /** The names of the segments that are written or delivered by now, each with its size. */
  Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    Stream.of(spool(), out()).flatMap(below -> segments(below).stream())
        .forEach(file -> sizes.merge(String.valueOf(file.getFileName()), file.toFile().length(), Math::max));
    return sizes;
  }

  /** Waits until something more of so many processes is in files than there was; that they are recorded is said before. */
  void awaitsMoreThan(Map<String, Long> before, int processes) throws IOException, InterruptedException {
    long until = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (sizes().entrySet().stream().filter(now -> now.getValue() > before.getOrDefault(now.getKey(), 0L))
        .map(now -> now.getKey().replaceFirst("-[^-]*$", "")).distinct()
        .count() < processes) {
      assertThat(System.currentTimeMillis()).as("%s became %s; %s", before, sizes(), said()).isLessThan(until);
      Thread.sleep(20);
    }
  }

  /** Lets an agent, to which none of the programs are named, deliver what an earlier one has left. */
  void deliversAll() throws IOException, InterruptedException {
    Process last = start("--match", "nobody has this name", "--container", "nor this");
    awaits("began");
    long until = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!segments(spool()).isEmpty()) {
      assertThat(System.currentTimeMillis()).as("what is left in the spool: %s; %s", segments(spool()), said())
          .isLessThan(until);
      Thread.sleep(50);
    }
    last.toHandle().destroy();
    assertThat(last.waitFor()).isZero();
  }

  /** The segments below a folder that have their final names. */
  static List<Path> segments(Path below) {
    List<Path> found = new ArrayList<>();
    collect(below.toFile(), found);
    return found.stream().sorted().toList();
  }

  /** Files come and go meanwhile. */
  private static void collect(File folder, List<Path> found) {
    File[] all = folder.listFiles();
    for (File one : all == null ? new File[0] : all) {
      if (SegmentName.parse(one.getName()).isPresent()) {
        found.add(one.toPath());
      } else {
        collect(one, found);
      }
    }
  }

  /** What one file holds: moments of readings, and what is said of them. */
  static final class Held implements EntryVisitor {
    final TreeSet<Long> samples = new TreeSet<>();
    final List<Entry> entries = new ArrayList<>();
    long pid;
    long doubles;

    static Held of(Path file) throws IOException, NotThisFormat {
      Held held = new Held();
      RecordingFiles.walk(file, held);
      return held;
    }

    @Override
    public void sample(int target, long epochMillis, long[] values) {
      doubles += samples.add(epochMillis) ? 0 : 1;
    }

    @Override
    public void entry(Entry entry) {
      entries.add(entry);
      if (entry instanceof Entry.Target target) {
        pid = target.process().pid();
      }
    }

    List<String> notes() {
      return entries.stream().filter(Entry.Noted.class::isInstance).map(entry -> ((Entry.Noted) entry).words())
          .toList();
    }
  }

  /** Adds the readings of these files, by process; each reading is in one file only. */
  static void add(List<Path> files, Map<Long, TreeSet<Long>> readings) throws IOException, NotThisFormat {
    for (Path file : files) {
      Held held = Held.of(file);
      readings.computeIfAbsent(held.pid, _ -> new TreeSet<>()).addAll(held.samples);
    }
  }

  static Map<Long, TreeSet<Long>> readings(Path below) throws IOException, NotThisFormat {
    Map<Long, TreeSet<Long>> found = new TreeMap<>();
    add(segments(below), found);
    return found;
  }
}
