package io.tare.ledger.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tare.ledger.SampleEvidence;
import io.tare.model.ledger.Account;
import io.tare.model.report.Remedy;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Every set of flags that a remedy prints starts a JVM: on each JDK that is found here, with each of its collectors. */
class PrintedFlagsTest {
  private static final List<String> COLLECTORS = List.of("Serial", "Parallel", "G1", "Z", "Shenandoah");
  private static final Pattern FLAG = Pattern.compile("^\\s*\\S+\\s+(\\w+)\\s*:?=\\s*(\\S*) ");
  private static final Pattern FEATURE = Pattern.compile("version \"(?:1\\.)?(\\d+)");

  private record Answer(int code, String text) {}

  /** One a feature release: those that {@code TARE_JDKS} names, this one's own, and those where packages install them. */
  private static Map<String, Path> jdks() throws IOException, InterruptedException {
    List<Path> homes = new ArrayList<>();
    for (String named : System.getenv().getOrDefault("TARE_JDKS", "").split(File.pathSeparator)) {
      homes.add(Path.of(named));
    }
    homes.add(Path.of(System.getProperty("java.home")));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> more = Files.list(installed)) {
        more.sorted().forEach(homes::add);
      }
    }
    Map<String, Path> byFeature = new TreeMap<>();
    for (Path home : homes) {
      Path java = home.resolve("bin/java");
      if (Files.isExecutable(java)) {
        Matcher feature = FEATURE.matcher(run(java, List.of("-version")).text());
        if (feature.find()) {
          byFeature.putIfAbsent(feature.group(1), java);
        }
      }
    }
    return byFeature;
  }

  private static Answer run(Path java, List<String> flags) throws IOException, InterruptedException {
    // Counters go into a file in a folder that all JVMs share: a start beside another may warn that it is locked.
    List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:-UsePerfData"));
    command.addAll(flags);
    if (!flags.contains("-version")) {
      command.add("-version");
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.outputWriter().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  /** A JVM in which all is wrong at once, with the flags that this one has. */
  private static SampleEvidence troubled(String collector, String feature, String flags) {
    SampleEvidence sample = SampleEvidence.jvm().account(Account.HEAP_IDLE, 300).account(Account.HEAP_USED, 200)
        .account(Account.MALLOC_IDLE, 300).account(Account.METASPACE_NONCLASS, 600).account(Account.CODE_CACHE, 600)
        .account(Account.MALLOC_MMAPPED, 700).account(Account.HEAP_DUPLICATE, collector.equals("Z") ? 100 : 0)
        .wholeFreePages(150)
        .size("heap.used", 200).size("heap.usedAfterLastGc", 50).size("direct.reserved", 500).size("heap.max", 2000)
        .group(1500, 2400, 0).fact("collector", collector.equals("Z") ? "ZGC" : collector)
        .fact("version", feature + ".0.1");
    flags.lines().map(FLAG::matcher).filter(Matcher::find)
        .forEach(flag -> sample.fact("flag." + flag.group(1), flag.group(2)));
    return sample.size("flag.MinHeapSize", 480).fact("flag.AlwaysPreTouch", "true");
  }

  @Tag("slow")
  @Test
  void everyPrintedSetOfFlagsStartsAJvm(TestReporter reporter) throws Exception {
    Map<String, Path> jdks = jdks();
    List<String> refused = new ArrayList<>();
    TreeSet<String> started = new TreeSet<>();
    for (Map.Entry<String, Path> jdk : jdks.entrySet()) {
      for (String collector : COLLECTORS) {
        String on = "-XX:+Use" + collector + "GC";
        Answer known = run(jdk.getValue(), List.of("-XX:+UnlockExperimentalVMOptions", on, "-XX:+PrintFlagsFinal"));
        if (known.code() != 0) {
          continue;
        }
        reporter.publishEntry("ran", "JDK " + jdk.getKey() + " " + collector);
        String unlocked = run(jdk.getValue(), List.of(on)).code() == 0 ? "" : "-XX:+UnlockExperimentalVMOptions ";
        for (Remedy remedy : Rules.remedies(troubled(collector, jdk.getKey(), known.text()).verdicts(), 1L << 40,
            Thresholds.DEFAULT)) {
          Matcher tried = Pattern.compile("--vary (?:jvm=,(\\S+)|-Xmx=,(\\S+)) ").matcher(remedy.how());
          String flags = remedy.how().startsWith("-")
              ? remedy.how()
              : tried.find() ? tried.group(1) != null ? tried.group(1) : "-Xmx" + tried.group(2) : "";
          if (!flags.isEmpty()) {
            Answer answer = run(jdk.getValue(), List.of((unlocked + on + " -Xmx2000m " + flags).split(" ")));
            started.add(flags);
            if (answer.code() != 0 || answer.text().contains("Unrecognized") || answer.text().contains("warning")) {
              refused
                  .add("JDK " + jdk.getKey() + " " + collector + " " + flags + ": " + answer.text().lines().findFirst()
                      .orElse(""));
            }
          }
        }
      }
    }
    assertThat(refused).isEmpty();
    assumeFalse(started.isEmpty(), "no JDK is here: whether printed flags start a JVM was not checked");
    assertThat(started).as("the sample brings all of them").anyMatch(how -> how.contains("G1PeriodicGCInterval"))
        .anyMatch(how -> how.contains("ShenandoahUncommitDelay") || how.contains("ZUncommitDelay"))
        .anyMatch(how -> how.contains("TrimNativeHeapInterval")).anyMatch(how -> how.contains("MaxDirectMemorySize"))
        .anyMatch(how -> how.contains("MaxMetaspaceSize")).anyMatch(how -> how.contains("TieredStopAtLevel"))
        .anyMatch(how -> how.equals("-XX:-AlwaysPreTouch")).anyMatch(how -> how.startsWith("-Xmx"));
  }
}
