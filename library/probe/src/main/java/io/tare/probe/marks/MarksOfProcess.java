package io.tare.probe.marks;

import io.tare.probe.MemoryStats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** This process's one marks file, or the reason why it has none. */
final class MarksOfProcess {
  static final MarksOfProcess ONLY = open();
  private static final int DEFAULT_RECORDS = 1024;

  private final @Nullable MarksRing ring;
  private final @Nullable String problem;

  private MarksOfProcess(@Nullable MarksRing ring, @Nullable String problem) {
    this.ring = ring;
    this.problem = problem;
  }

  static MarksOfProcess open() {
    if (System.getProperty("tare.marks", "on").equals("off")) {
      return new MarksOfProcess(null, "switched off by tare.marks=off");
    }
    Path directory = Path.of(System.getProperty("tare.marks.dir", System.getProperty("java.io.tmpdir", "/tmp")));
    return open(directory, Integer.getInteger("tare.marks.records", DEFAULT_RECORDS));
  }

  static MarksOfProcess open(Path directory, int records) {
    try {
      MarksRing ring = MarksFolder.create(directory, records);
      ring.path().toFile().deleteOnExit();
      return new MarksOfProcess(ring, null);
    } catch (IOException | RuntimeException cannotHaveOne) {
      return new MarksOfProcess(null, "no marks file: " + cannotHaveOne);
    }
  }

  void write(String label, long items, @Nullable MemoryStats stats) {
    if (ring != null) {
      ring.write(label, items, stats);
    }
  }

  Optional<Path> file() {
    return ring == null || ring.isBroken() ? Optional.empty() : Optional.of(ring.path());
  }

  Optional<String> problem() {
    return ring != null && ring.isBroken()
        ? Optional.of("the marks file was cut short while in use")
        : Optional.ofNullable(problem);
  }
}
