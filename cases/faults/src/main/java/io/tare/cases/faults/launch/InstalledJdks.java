package io.tare.cases.faults.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs of this machine that can run the corpus, one for each feature release. */
public final class InstalledJdks {
  private static final Path SYSTEM = Path.of("/usr/lib/jvm");
  private static final int OLDEST = 17;

  private InstalledJdks() {}

  /** The file {@code java} of each, by feature release. */
  public static SortedMap<Integer, Path> javaByFeature() throws IOException {
    SortedMap<Integer, Path> found = new TreeMap<>();
    for (Path home : homes()) {
      Path java = home.resolve("bin").resolve("java");
      if (Files.isExecutable(java)) {
        add(java, found);
      }
    }
    return found;
  }

  private static void add(Path java, SortedMap<Integer, Path> found) throws IOException {
    JavaRelease.find(java).ifPresent(feature -> {
      if (feature >= OLDEST) {
        found.putIfAbsent(feature, java);
      }
    });
  }

  private static List<Path> homes() throws IOException {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home", ""))));
    String named = System.getenv().getOrDefault("JAVA_HOME", "");
    if (!named.isEmpty()) {
      homes.add(Path.of(named));
    }
    if (Files.isDirectory(SYSTEM)) {
      try (Stream<Path> installed = Files.list(SYSTEM)) {
        installed.sorted().forEach(homes::add);
      }
    }
    return homes;
  }
}
