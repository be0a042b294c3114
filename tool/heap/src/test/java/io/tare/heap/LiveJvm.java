package io.tare.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program of the test resources from source in a JVM of its own. */
public final class LiveJvm {
  private LiveJvm() {}

  /** The home of an installed JDK of that version. */
  public static Optional<Path> jdk(int version) throws IOException {
    List<Path> candidates = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> homes = Files.list(installed)) {
        homes.sorted().forEach(candidates::add);
      }
    }
    return candidates.stream().filter(home -> isVersion(home, version)).findFirst();
  }

  private static boolean isVersion(Path home, int version) {
    try {
      Path release = home.resolve("release");
      return Files.isExecutable(home.resolve("bin/javac"))
          && Files.readString(release).contains("JAVA_VERSION=\"" + version);
    } catch (IOException e) {
      return false;
    }
  }

  /** What the program prints. */
  public static String run(Path jdk, List<String> options, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString(), "-Xmx128m"));
    if (options.stream().noneMatch(option -> option.matches("-XX:\\+Use\\w+GC"))) {
      command.add("-XX:+UseSerialGC");
    }
    command.addAll(options);
    command.add(Path.of("src/test/resources/live").resolve(program).toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("live", ".txt");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the program takes too long");
      }
      String printed = Files.readString(output);
      if (process.exitValue() != 0) {
        throw new IOException(printed);
      }
      return printed;
    } finally {
      Files.delete(output);
    }
  }
}
