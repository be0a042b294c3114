package io.tare.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tare.probe.MemoryStats;
import io.tare.probe.Work;
import io.tare.probe.allocation.WarmUp;
import io.tare.probe.leftovers.LeakOptions;
import io.tare.probe.metric.Metric;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each guard again and again on innocent and on guilty work: no false alarm, nothing missed. The guards that need no GC run 200
 * times; the others as often as {@code -Dguard.runs} says (200 for the long version).
 */
@Tag("slow")
class GuardRunsTest {
  private static final int RUNS = Integer.getInteger("guard.runs", 3);
  private static final int RUNS_WITHOUT_GC = 200;
  private static final boolean LONG = Boolean.getBoolean("guard.long");
  private static final WarmUp WARM_UP = LONG
      ? WarmUp.DEFAULT
      : new WarmUp(12_000, Duration.ofMillis(5), Duration.ofSeconds(10));
  private static final Duration SETTLE = Duration.ofMillis(500);

  private final List<Object> kept = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile Object sink;
  private int calls;

  @TempDir
  Path folder;

  @AfterEach
  void endThreads() {
    end.countDown();
  }

  @Test
  void maxAllocationPassesInnocentWork() throws Exception {
    for (int run = 0; run < RUNS_WITHOUT_GC; run++) {
      List<Work<Exception>> works = new InnocentWork().allocatingNothing();
      MemoryGuards.maxAllocation("0 B", WARM_UP, works.get(run % works.size()));
    }
  }

  @Test
  void maxAllocationFindsSixteenBytes() {
    for (int run = 0; run < RUNS; run++) {
      Throwable found = catchThrowable(() -> MemoryGuards.maxAllocation("0 B", WARM_UP, () -> sink = new Object()));
      assertThat(found).as("run %d", run).isInstanceOf(AssertionError.class).hasMessageContaining("per call, limit 0 B")
          .hasMessageContaining("java.lang.Object  at io.tare.junit.GuardRunsTest");
    }
  }

  @Test
  void noLeakPassesInnocentWork() throws Exception {
    int kinds = new InnocentWork().leavingNothing().size();
    for (int run = 0; run < Math.max(kinds, RUNS); run++) {
      MemoryGuards.noLeak(LONG ? 20 : 10, new InnocentWork().leavingNothing().get(run % kinds));
    }
  }

  @Test
  void noLeakFindsSixtyFourBytesARound() {
    for (int run = 0; run < RUNS; run++) {
      kept.clear();
      Throwable found = catchThrowable(() -> MemoryGuards.noLeak(withoutOrigins(20), () -> kept.add(new long[6])));
      assertThat(found).as("run %d", run).isInstanceOf(AssertionError.class)
          .hasMessageContaining("long[]: +1.00, +64 B");
    }
  }

  @Test
  void noLeakFindsAThreadLeftBehindEachRound() throws InterruptedException {
    for (int run = 0; run < Math.max(1, RUNS / 3); run++) {
      CountDownLatch endOfRun = new CountDownLatch(1);
      List<Thread> forgotten = new ArrayList<>();
      Throwable found = catchThrowable(
          () -> MemoryGuards.noLeak(withoutOrigins(10), () -> forgotten.add(startThread("forgotten", endOfRun))));
      endOfRun.countDown();
      for (Thread thread : forgotten) {
        thread.join();
      }
      assertThat(found).as("run %d", run).isInstanceOf(AssertionError.class)
          // Threads that an earlier test left to the JVM may end meanwhile.
          .hasMessageMatching("(?s).*threads: \\+(0\\.9|1\\.0)\\d per run.*")
          .hasMessageContaining("threads: forgotten");
    }
  }

  private static LeakOptions withoutOrigins(int rounds) {
    return new LeakOptions(rounds, 5, Duration.ofMillis(20), false);
  }

  @Test
  void noThreadsLeftPassesInnocentWork() throws Exception {
    for (int run = 0; run < RUNS_WITHOUT_GC; run++) {
      List<Work<Exception>> works = new InnocentWork().leavingNothing();
      MemoryGuards.noThreadsLeft(works.get(run % works.size()));
    }
  }

  @Test
  void noThreadsLeftFindsEachThread() {
    for (int run = 0; run < RUNS_WITHOUT_GC; run++) {
      ThreadGuard guard = new ThreadGuard(Duration.ofMillis(1));
      startThread("forgotten-" + run, end);
      assertThat(catchThrowable(guard::check)).isInstanceOf(AssertionError.class)
          .hasMessageContaining("1 thread left behind")
          .hasMessageContaining("\"forgotten-" + run + "\"");
    }
  }

  @Test
  void noDirectBuffersLeftPassesInnocentWork() throws Exception {
    Path file = Files.createFile(folder.resolve("output"));
    for (int run = 0; run < RUNS_WITHOUT_GC; run++) {
      int size = 1000 + 500 * run;
      MemoryGuards.noDirectBuffersLeft(() -> {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          calls += channel.write(ByteBuffer.allocate(size));
        }
        calls += size % 5000 == 0 ? ByteBuffer.allocateDirect(size).capacity() : 0;
      });
    }
  }

  @Test
  void noDirectBuffersLeftFindsEachBuffer() {
    for (int run = 0; run < RUNS * 5; run++) {
      DirectBufferGuard guard = DirectBufferGuard.start(Duration.ofMillis(run % 20 == 0 ? SETTLE.toMillis() : 1));
      kept.add(ByteBuffer.allocateDirect(100));
      assertThat(catchThrowable(guard::check)).as("run %d", run).isInstanceOf(AssertionError.class)
          .hasMessageContaining("1 direct buffers left behind, 100 B");
    }
  }

  @Test
  void maxHeapPassesGarbageBeyondTheLimit() throws Exception {
    for (int run = 0; run < RUNS; run++) {
      MemoryGuards.maxHeap("8 MB", () -> {
        for (int i = 0; i < 40; i++) {
          sink = new byte[1_000_000];
        }
      });
    }
  }

  @Test
  void maxHeapFindsWhatIsKept() {
    for (int run = 0; run < RUNS; run++) {
      Throwable found = catchThrowable(() -> MemoryGuards.maxHeap("8 MB", () -> sink = new byte[12][1_000_000]));
      assertThat(found).as("run %d", run).isInstanceOf(AssertionError.class)
          .hasMessageContaining("living objects grew by").hasMessageContaining("limit 8.0 MB")
          .hasMessageContaining("byte[]: +");
      sink = null;
    }
  }

  @Test
  void maxRssPassesWorkWithinTheLimitAndFindsWhatGoesBeyond() throws Exception {
    long directBytesBefore = directBytes();
    for (int run = 0; run < RUNS; run++) {
      MemoryGuards.maxRss("100 MB", () -> touchDirectBytes(1 << 20));
      Throwable found = catchThrowable(() -> MemoryGuards.maxRss("20 MB", () -> touchDirectBytes(40 << 20)));
      assertThat(found).as("run %d", run).isInstanceOf(AssertionError.class)
          .hasMessageContaining("resident memory grew by")
          .hasMessageContaining("limit 20.0 MB").hasMessageContaining("RssAnon=+");
      kept.clear();
      awaitDirectBytes(directBytesBefore);
    }
  }

  private void touchDirectBytes(int size) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
    for (int at = 0; at < size; at += 4096) {
      buffer.put(at, (byte) 1);
    }
    kept.add(buffer);
  }

  private static void awaitDirectBytes(long wanted) throws InterruptedException {
    for (int i = 0; i < 1000 && directBytes() > wanted; i++) {
      System.gc();
      Thread.sleep(5);
    }
  }

  private static long directBytes() {
    return MemoryStats.now().get(Metric.DIRECT_BYTES).orElseThrow();
  }

  private static Thread startThread(String name, CountDownLatch end) {
    Thread thread = new Thread(() -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
