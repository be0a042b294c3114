import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK, in this machine's own root or in another distribution's.
 *
 * @param root of the distribution; {@code /} for this machine's
 * @param home within that root
 */
record Jdk(Path root, String home, String version) {
  private static final Pattern VERSION = Pattern.compile("version \"(?:1\\.)?([^\"]+)\"");

  static List<Jdk> in(Path root) throws IOException {
    Path folder = root.resolve("usr/lib/jvm");
    List<Jdk> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (Stream<Path> homes = Files.list(folder)) {
      for (Path home : homes.filter(home -> !Files.isSymbolicLink(home)).sorted().toList()) {
        if (Files.isExecutable(home.resolve("bin/java"))) {
          found.add(new Jdk(root, "/usr/lib/jvm/" + home.getFileName(), "").withVersion());
        }
      }
    }
    return found;
  }

  /** Asked of the command, since not every JDK has a file that tells: 8 of {@code openjdk version "1.8.0_504"}. */
  private Jdk withVersion() throws IOException {
    Process process = new ProcessBuilder(command("java", "-version")).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = VERSION.matcher(said);
    return new Jdk(root, home, version.find() ? version.group(1) : "0");
  }

  int feature() {
    return Integer.parseInt(version.split("[.+_-]")[0]);
  }

  /** One of its commands, to be run within its root. */
  List<String> command(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    if (!root.equals(Path.of("/"))) {
      command.addAll(List.of("chroot", root.toString()));
    }
    command.add(home + "/bin/" + name);
    command.addAll(List.of(arguments));
    return command;
  }

  /** The collectors that it may have; some are left out of some builds. */
  List<Collector> collectors() {
    List<Collector> all = new ArrayList<>();
    for (String name : List.of("Serial", "Parallel", "G1", "Shenandoah")) {
      all.add(new Collector(name, List.of("-XX:+Use" + name + "GC")));
    }
    if (feature() < 14) {
      all.add(new Collector("CMS", List.of("-XX:+UseConcMarkSweepGC")));
    }
    if (feature() >= 11) {
      all.add(new Collector("ZGC", List.of("-XX:+UseZGC")));
    }
    if (feature() >= 21 && feature() < 24) {
      all.add(new Collector("generational ZGC", List.of("-XX:+UseZGC", "-XX:+ZGenerational")));
    }
    if (feature() >= 24) {
      all.add(new Collector("generational Shenandoah",
          List.of("-XX:+UseShenandoahGC", "-XX:ShenandoahGCMode=generational")));
    }
    return all;
  }

  /** A collector and the options that choose it. */
  record Collector(String name, List<String> options) {
  }
}
