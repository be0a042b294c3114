package io.tare.cases.faults.launch;

import io.tare.cases.faults.scene.Skipped;
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
      if (Files.isExecutable(java) && Files.exists(home.resolve("release"))) {
        add(java, found);
      }
    }
    return found;
  }

  private static void add(Path java, SortedMap<Integer, Path> found) throws IOException {
    try {
      int feature = JavaRelease.feature(java);
      if (feature >= OLDEST) {
        found.putIfAbsent(feature, java);
      }
    } catch (Skipped unknown) {
      // A directory that does not say which JDK it is can't be used, and is none of ours.
    }
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
