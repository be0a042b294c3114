package io.tare.probe.holders;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tare.probe.ChildJvm;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dump says that was written without a collection before it. */
class WalkTest {
  @TempDir
  Path folder;

  /** What an ended thread alone holds; some more of them are held otherwise. */
  static final class Held {}

  /** Five of these have ended and are kept, five others nothing reaches any more, and one runs. */
  static final class Holding extends Thread {
    static final List<Thread> KEPT = new ArrayList<>();
    static final List<Held> HELD = new ArrayList<>();

    final Held own = new Held();
    final transient Object untilTheEnd;

    Holding(Object untilTheEnd) {
      this.untilTheEnd = untilTheEnd;
    }

    public static void main(String[] file) throws Exception {
      Object never = new Object();
      for (int i = 0; i < 5; i++) {
        Thread kept = new Holding(null);
        Thread dropped = new Holding(null);
        for (Thread thread : List.of(kept, dropped)) {
          thread.start();
          thread.join();
        }
        KEPT.add(kept);
        HELD.add(new Held());
      }
      Thread running = new Holding(never);
      running.setDaemon(true);
      running.start();
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file[0], false);
    }

    @Override
    public void run() {
      synchronized (this) {
        while (untilTheEnd != null) {
          try {
            wait();
          } catch (InterruptedException goOn) {
            continue;
          }
        }
      }
    }
  }

  @Test
  void endedThreadsThatNothingReachesCountForNothingNorWhatTheyHold() throws Exception {
    Path file = folder.resolve("unreached.hprof");
    try (ChildJvm child = ChildJvm.start(Holding.class, List.of("-XX:+UseSerialGC"), file.toString())) {
      assertThat(child.output()).isEmpty();
    }
    Dump dump = Dump.read(file);
    assertThat(inTheDump(dump, Holding.class)).isEqualTo(11);
    assertThat(inTheDump(dump, Held.class)).isEqualTo(16);
    Paths paths = new Paths();
    Paths.Counts counts = Walk.count(dump, paths);
    assertThat(counted(paths, counts, Holding.class)).isEqualTo(5 + 1);
    assertThat(counted(paths, counts, Held.class)).isEqualTo(5 + 5 + 1);
  }

  private static long inTheDump(Dump dump, Class<?> type) {
    long found = 0;
    for (int object = 0; object < dump.objects(); object++) {
      found += dump.className(object).equals(type.getName()) ? 1 : 0;
    }
    return found;
  }

  private static long counted(Paths paths, Paths.Counts counts, Class<?> type) {
    long found = 0;
    for (int path = 1; path < paths.size(); path++) {
      found += paths.step(path).className().equals(type.getName()) ? counts.objects(path) : 0;
    }
    return found;
  }
}
