package io.tare.capture.live;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A JDK on this machine that children can be started with. */
public record Jdk(int feature, Path home) {

  /** One JDK of each version that is found. */
  public static List<Jdk> all() {
    Map<Integer, Jdk> found = new TreeMap<>();
    candidates()
        .forEach(home -> feature(home).ifPresent(feature -> found.putIfAbsent(feature, new Jdk(feature, home))));
    return List.copyOf(found.values());
  }

  /** The one that runs this test. */
  public static Jdk own() {
    return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  private static List<Path> candidates() {
    List<Path> homes = new ArrayList<>();
    homes.add(own().home());
    Optional.ofNullable(System.getenv("JAVA_HOME")).map(Path::of).ifPresent(homes::add);
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      realHome(Path.of(folder).resolve("java")).ifPresent(homes::add);
    }
    try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
      installed.sorted().forEach(homes::add);
    } catch (IOException none) {
      return homes;
    }
    return homes;
  }

  private static Optional<Path> realHome(Path java) {
    try {
      return Optional.of(java.toRealPath().getParent().getParent());
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> feature(Path home) {
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          ? Files.readAllLines(home.resolve("release")).stream()
              .filter(line -> line.startsWith("JAVA_VERSION=\"")).map(line -> line.split("\"")[1].split("[.+-]")[0])
              .map(Integer::parseInt).findFirst()
          : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** A command that runs one of {@link Programs} with these options. */
  public List<String> command(String program, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-Xmx64m", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", Programs.folder().toString(), program, "argument-secret"));
    return command;
  }

  /** An idle JVM that is up. */
  public Child idle(String... options) throws Exception {
    return Child.start(command("Idle", options)).whenItSays("ready");
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }
}
