package io.tare.probe.leftovers;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The platform threads of this process. */
public final class LiveThreads {
  /** Threads that the JDK starts once, on first use of something, and keeps: nobody leaves them behind. */
  private static final List<String> OF_THE_JDK = List.of("ForkJoinPool.commonPool-", "ForkJoinPool-1-worker-",
      "Common-Cleaner", "Cleaner-",
      "process reaper", "VirtualThread-", "CompletableFutureDelayScheduler", "DelayScheduler", "Keep-Alive-Timer",
      "Attach Listener", "JFR ", "RMI ",
      "Notification Thread", "Service Thread", "Monitor Deflation Thread", "Signal Dispatcher", "Reference Handler",
      "Finalizer", "C1 Compiler",
      "C2 Compiler", "DestroyJavaVM", "MemoryPoller", "Read-Poller", "Write-Poller", "Master-Poller",
      "FileSystemWatchService", "surefire-");

  private final Set<Long> idsBefore;

  private LiveThreads(Set<Long> idsBefore) {
    this.idsBefore = idsBefore;
  }

  /** Remembers which threads are there now. */
  public static LiveThreads now() {
    return new LiveThreads(all().stream().map(Thread::getId).collect(Collectors.toUnmodifiableSet()));
  }

  /** Threads started since and still alive, after those that are about to end had time for it. */
  public List<Thread> left(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<Thread> left = left();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      Pause.millis(2);
      left = left();
    }
    return left;
  }

  private List<Thread> left() {
    return all().stream()
        .filter(thread -> thread.isAlive() && !idsBefore.contains(thread.getId()) && !isOfTheJdk(thread)).toList();
  }

  static List<Thread> all() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root != null && root.getParent() != null) {
      root = root.getParent();
    }
    if (root == null) {
      return List.of();
    }
    Thread[] found = new Thread[Math.max(64, root.activeCount() * 2)];
    int count = root.enumerate(found, true);
    while (count == found.length) {
      found = new Thread[found.length * 2];
      count = root.enumerate(found, true);
    }
    return Arrays.asList(found).subList(0, count);
  }

  static boolean isOfTheJdk(Thread thread) {
    return OF_THE_JDK.stream().anyMatch(thread.getName()::startsWith);
  }

  /** Name, class when it is not a plain thread, and what the thread does now, as far as it is not the JDK's business. */
  public static String describe(Thread thread) {
    StringBuilder text = new StringBuilder("thread \"").append(thread.getName()).append('"');
    if (thread.getClass() != Thread.class) {
      text.append(" of ").append(thread.getClass().getName());
    }
    StackTraceElement[] stack = thread.getStackTrace();
    text.append(thread.isDaemon() ? ", daemon, " : ", ").append(thread.getState());
    for (StackTraceElement frame : stack) {
      if (!frame.getClassName().startsWith("java.") && !frame.getClassName().startsWith("jdk.")) {
        return text.append(" in ").append(frame).toString();
      }
    }
    return stack.length == 0 ? text.toString() : text.append(" in ").append(stack[0]).toString();
  }
}
