package io.tare.app.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.ledger.EvidenceReader;
import io.tare.ledger.Explanation;
import io.tare.ledger.runtimes.hotspot.Jvm;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The passive ledger of one program under every collector of every JDK from 8 on, against what that JVM counts itself. JDKs are looked
 * for on this machine and, with {@code -Dtare.test.roots=DIR,DIR}, in the roots of other distributions.
 */
@Tag("slow")
class EveryJdkTest {
  private static final Path PROGRAM = Path.of("../../bench/accuracy/world/Everything.java");
  private static final long PAGE_OF_ZGC = 2L << 20;

  /** @param root of the distribution that the JDK belongs to; its home is a path within */
  record Jdk(Path root, String home) {
    boolean isHere() {
      return root.equals(Path.of("/"));
    }
  }

  record Jvm8Plus(Jdk jdk, String name, List<String> options) {
    @Override
    public String toString() {
      return jdk.home() + (jdk.isHere() ? "" : " in " + jdk.root().getFileName()) + ", " + name;
    }
  }

  static Stream<Jvm8Plus> everyCollector() throws IOException {
    List<Jvm8Plus> all = new ArrayList<>();
    for (Path root : roots()) {
      for (Jdk jdk : jdks(root)) {
        for (String collector : List.of("Serial", "Parallel", "ConcMarkSweep", "G1", "Shenandoah", "Z")) {
          all.add(new Jvm8Plus(jdk, collector, List.of("-XX:+Use" + collector + "GC")));
        }
        all.add(new Jvm8Plus(jdk, "generational Z", List.of("-XX:+UseZGC", "-XX:+ZGenerational")));
        all.add(new Jvm8Plus(jdk, "generational Shenandoah",
            List.of("-XX:+UseShenandoahGC", "-XX:ShenandoahGCMode=generational")));
      }
    }
    return all.stream();
  }

  private static List<Path> roots() {
    List<Path> roots = new ArrayList<>(List.of(Path.of("/")));
    for (String root : System.getProperty("tare.test.roots", "").split(",")) {
      if (!root.isEmpty()) {
        roots.add(Path.of(root));
      }
    }
    return roots;
  }

  private static List<Jdk> jdks(Path root) throws IOException {
    Path folder = root.resolve("usr/lib/jvm");
    List<Jdk> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> homes = Files.list(folder)) {
        for (Path home : homes.filter(home -> !Files.isSymbolicLink(home)).sorted().toList()) {
          if (Files.isExecutable(home.resolve("bin/java"))) {
            found.add(new Jdk(root, "/usr/lib/jvm/" + home.getFileName()));
          }
        }
      }
    }
    return found;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyCollector")
  void isWeighedToTheByteAndAgreesWithTheJvm(Jvm8Plus jvm) throws Exception {
    Path folder = Files.createTempDirectory(jvm.jdk().root().resolve("tmp"), "tare-every-jdk");
    try {
      compile(folder);
      weigh(jvm, folder);
    } finally {
      try (Stream<Path> left = Files.list(folder)) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static void compile(Path folder) {
    int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "8", "-Xlint:-options", "-d",
        folder.toString(), PROGRAM.toString());
    assertThat(result).isZero();
  }

  private static void weigh(Jvm8Plus jvm, Path folder) throws Exception {
    String inside = jvm.jdk().isHere() ? folder.toString() : "/tmp/" + folder.getFileName();
    List<String> command = new ArrayList<>();
    if (!jvm.jdk().isHere()) {
      command.addAll(List.of("chroot", jvm.jdk().root().toString()));
    }
    command.addAll(List.of(jvm.jdk().home() + "/bin/java", "-Xmx160m", "-XX:+UnlockExperimentalVMOptions",
        "-XX:+UnlockDiagnosticVMOptions"));
    command.addAll(jvm.options());
    command.addAll(List.of("-cp", inside, "Everything", inside + "/mapped"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      Map<String, Long> truth = truth(process, jvm);
      Capture capture = new Capturer().capture(process.pid(), CaptureOptions.PASSIVE, Progress.NONE);
      check(capture, truth, jvm);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Map<String, Long> truth(Process process, Jvm8Plus jvm) throws IOException {
    Map<String, Long> truth = new HashMap<>();
    StringBuilder said = new StringBuilder();
    BufferedReader lines = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null && truth.isEmpty(); line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.startsWith("ready ")) {
        for (String pair : line.substring("ready ".length()).split(" ")) {
          truth.put(pair.split("=")[0], Long.parseLong(pair.split("=")[1]));
        }
        return truth;
      }
    }
    assumeTrue(said.indexOf("Unrecognized VM option") < 0 && said.indexOf("not supported") < 0
        && said.indexOf("Conflicting") < 0 && said.indexOf("Error occurred during") < 0,
        jvm + " can't be had, so its ledger was not checked: " + said.toString().lines().findFirst().orElse(""));
    throw new IllegalStateException(jvm + " ended: " + said);
  }

  private static void check(Capture capture, Map<String, Long> truth, Jvm8Plus jvm) {
    Report report = Explanation.explain(capture);
    Ledger ledger = report.ledger().orElseThrow();
    assertThat(report.problems()).filteredOn(problem -> problem.artifact().equals(ArtifactNames.HOTSPOT)).isEmpty();
    assertThat(ledger.unexplainedBytes()).as("unexplained").isLessThanOrEqualTo(ledger.residentBytes() / 200);
    Jvm known = Jvm.of(EvidenceReader.read(capture));
    assertThat(known.number("direct.reserved")).hasValue(truth.get("direct"));
    long metaspace = ledger.bytes(Account.METASPACE_CLASS) + ledger.bytes(Account.METASPACE_NONCLASS);
    assertThat(metaspace).as("metaspace").isBetween(truth.get("metaspaceUsed"), truth.get("metaspaceCommitted"));
    boolean pages = jvm.name().endsWith("Z");
    assertThat(heapBytes(known, pages)).as("heap in use").isBetween(truth.get("heap") - 2 * PAGE_OF_ZGC,
        truth.get("heap") + 2 * PAGE_OF_ZGC);
  }

  /** ZGC counts a page that has objects as a whole, and one that has none not. */
  private static long heapBytes(Jvm jvm, boolean pages) {
    JvmLayout layout = jvm.layouts().stream().filter(one -> !one.heapParts().isEmpty()).findFirst().orElseThrow();
    return layout.heapParts().stream()
        .mapToLong(part -> pages && part.usedBytes() > 0 ? part.end() - part.bottom() : part.usedBytes())
        .sum();
  }
}
