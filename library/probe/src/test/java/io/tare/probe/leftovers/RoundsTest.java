package io.tare.probe.leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {
  private static final int FILES = 400;
  /** Of the JVM's own, which open a jar now and then. */
  private static final int FEW = 20;
  private static final LeakOptions SIX = new LeakOptions(6, 2, Duration.ofMillis(10), false);

  @TempDir
  Path folder;
  private final Queue<FileInputStream> open = new ConcurrentLinkedQueue<>();

  /** They are closed at a collection, which is right after their objects were counted and before the files are. */
  @Test
  void filesAndTheirObjectsAreCountedAtOneMoment() throws Exception {
    assumeTrue(OpenFiles.count() > 0, "no /proc: open files are not counted here");
    Path file = Files.writeString(folder.resolve("file"), "content");
    long others = OpenFiles.count() - ClassHistogram.afterGc().of("java.io.FileInputStream").objects();
    Rounds rounds = Rounds.measure(SIX, 1, () -> openUntilTheNextCollection(file));
    long[] files = rounds.objectsOf(Kind.FILE.plural());
    long[] objects = rounds.objectsOf("java.io.FileInputStream");
    for (int round = 0; round < files.length; round++) {
      assertThat(files[round]).isCloseTo(others + objects[round], within((long) FEW));
    }
  }

  private void openUntilTheNextCollection(Path file) throws IOException {
    for (int i = 0; i < FILES; i++) {
      open.add(new FileInputStream(file.toFile()));
    }
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    WeakReference<Object> sign = new WeakReference<>(new Object(), collected);
    Thread closing = new Thread(() -> closeAfter(sign, collected), "closing");
    closing.setDaemon(true);
    closing.start();
  }

  private void closeAfter(WeakReference<Object> sign, ReferenceQueue<Object> collected) {
    try {
      if (collected.remove().equals(sign)) {
        for (FileInputStream next = open.poll(); next != null; next = open.poll()) {
          next.close();
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
