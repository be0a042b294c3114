package io.tare.probe.leftovers;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LeakProtocolTest {
  private static final int ROUNDS = 10;
  private static final LeakOptions QUICK = new LeakOptions(ROUNDS, 2, Duration.ofMillis(50), false);

  @TempDir
  Path folder;

  private final List<Object> kept = new ArrayList<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private int counter;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : toClose) {
      closeable.close();
    }
  }

  @Test
  void innocentWorkIsClean() {
    LeakReport report = LeakProtocol.rounds(ROUNDS,
        () -> new ArrayList<>(List.of(new byte[1000], "text" + counter++)).forEach(Object::hashCode));
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.CLEAN);
    assertThat(report.measured().liveBytes()).hasSize(ROUNDS);
  }

  @Test
  void sixtyFourBytesARoundAreFound() {
    LeakReport report = LeakProtocol.rounds(20, () -> kept.add(new long[6]));
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.LEAK);
    Growth arrays = leak(report, "long[]");
    assertThat(arrays.objectsPerRun().slope()).isEqualTo(1);
    assertThat(arrays.bytesPerRun().slope()).isEqualTo(64);
    assertThat(report.inWords()).contains("long[]: +1.00, +64 B (64 to 64) per run");
  }

  @Test
  void aCacheThatWarmsUpPasses() {
    Map<Integer, byte[]> cache = new HashMap<>();
    LeakReport report = LeakProtocol.rounds(20, () -> cache.put(counter++ % 100, new byte[200]));
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.CLEAN);
  }

  @Test
  void threadsLeftBehindAreFoundWithTheirNamesAndWhereTheyStart() {
    CountDownLatch end = new CountDownLatch(1);
    toClose.add(end::countDown);
    LeakReport report = LeakProtocol.run(new LeakOptions(ROUNDS, 2, Duration.ofMillis(50), true),
        () -> startForgottenThread(end));
    assertThat(leak(report, "threads").objectsPerRun().slope()).isEqualTo(1);
    assertThat(leak(report, "threads").origin().orElseThrow()).contains("LeakProtocolTest.startForgottenThread");
    assertThat(report.leftovers()).anyMatch(left -> left.kind() == Kind.THREAD && left.name().startsWith("forgotten-"));
  }

  private void startForgottenThread(CountDownLatch end) {
    Thread thread = new Thread(() -> awaitQuietly(end), "forgotten-" + counter++);
    thread.setDaemon(true);
    thread.start();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void threadsThatEndAMomentLaterPass() {
    LeakReport report = LeakProtocol.rounds(ROUNDS, () -> new Thread(() -> awaitMillis(20)).start());
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.CLEAN);
  }

  private static void awaitMillis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void timersAndExecutorsAreFound() {
    LeakReport report = LeakProtocol.run(QUICK, () -> {
      Timer timer = new Timer("forgotten timer", true);
      ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(0);
      kept.add(executor);
      toClose.add(timer::cancel);
    });
    assertThat(leak(report, "timers").objectsPerRun().slope()).isEqualTo(1);
    assertThat(leak(report, "executors").objectsPerRun().slope()).isEqualTo(1);
    assertThat(report.leftovers())
        .anyMatch(left -> left.kind() == Kind.THREAD && left.name().equals("forgotten timer"));
  }

  @Test
  void directBuffersAndClassLoadersAndThreadLocalsAreFound() throws Exception {
    LeakReport report = LeakProtocol.run(QUICK, () -> {
      kept.add(ByteBuffer.allocateDirect(16));
      kept.add(new URLClassLoader(new URL[0]).loadClass("java.lang.String"));
      URLClassLoader loader = new URLClassLoader(
          new URL[] {LeakProtocolTest.class.getProtectionDomain().getCodeSource().getLocation()}, null);
      kept.add(loader.loadClass(Plain.class.getName()));
      ThreadLocal<byte[]> local = new ThreadLocal<>();
      local.set(new byte[10]);
      kept.add(local);
    });
    assertThat(leak(report, "direct buffers").objectsPerRun().slope()).isEqualTo(1);
    assertThat(leak(report, "class loaders").objectsPerRun().slope()).isEqualTo(1);
    assertThat(leak(report, "thread-local values").objectsPerRun().slope()).isEqualTo(1);
    assertThat(report.leftovers())
        .anyMatch(left -> left.kind() == Kind.CLASS_LOADER && left.name().contains("URLClassLoader"));
  }

  /** A class for a second class loader to load. */
  public static final class Plain {}

  /** What {@link StandardMBean} shows. */
  public interface Shown {
    int getNumber();
  }

  @Test
  void openFilesAndBeansAndShutdownHooksAreFound() throws Exception {
    Path file = Files.createFile(folder.resolve("forgotten.txt"));
    LeakReport report = LeakProtocol.run(QUICK, () -> {
      toClose.add(FileChannel.open(file));
      ObjectName name = new ObjectName("io.tare.test:type=Forgotten,number=" + counter++);
      ManagementFactory.getPlatformMBeanServer().registerMBean(new StandardMBean(() -> 5, Shown.class), name);
      toClose.add(() -> ManagementFactory.getPlatformMBeanServer().unregisterMBean(name));
      Thread hook = new Thread(() -> counter++, "forgotten hook");
      Runtime.getRuntime().addShutdownHook(hook);
      toClose.add(() -> Runtime.getRuntime().removeShutdownHook(hook));
    });
    assertThat(leak(report, "open files").objectsPerRun().slope()).isEqualTo(1);
    assertThat(leak(report, "JMX beans").objectsPerRun().slope()).isEqualTo(1);
    assertThat(leak(report, "shutdown hooks").objectsPerRun().slope()).isEqualTo(1);
    assertThat(report.inWords()).contains(" open files: " + file).contains("io.tare.test:type=Forgotten,number=");
    assertThat(report.leftovers())
        .anyMatch(left -> left.kind() == Kind.SHUTDOWN_HOOK && left.name().contains("forgotten hook"));
  }

  @Test
  void tooFewRoundsCannotTell() {
    LeakReport report = LeakProtocol.rounds(3, () -> kept.add(new byte[1000]));
    assertThat(report.verdict()).isEqualTo(LeakReport.Verdict.CANNOT_TELL);
    assertThat(report.inWords()).startsWith("Cannot tell: 3 rounds are too few");
  }

  private static Growth leak(LeakReport report, String what) {
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.LEAK);
    return report.leaks().stream().filter(leak -> leak.what().equals(what)).findFirst()
        .orElseThrow(() -> new AssertionError(what + " not in " + report.inWords()));
  }
}
