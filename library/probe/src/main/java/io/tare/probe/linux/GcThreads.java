package io.tare.probe.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Processor time of the JVM's GC threads, which the kernel counts per thread. */
public final class GcThreads {
  /** As the kernel shows them, 15 characters at most; the serial collector works on the VM thread. */
  private static final List<String> NAMES = List.of("GC Thread#", "G1 ", "VM Thread", "ZWorker", "ZDriver", "ZDirector",
      "ZUnmapper",
      "ZUncommitter", "XWorker", "Shenandoah");

  private GcThreads() {}

  /** Nanoseconds so far; empty where the kernel does not tell. */
  public static OptionalLong cpuNanos() {
    return cpuNanos(Path.of("/proc/self/task"));
  }

  static OptionalLong cpuNanos(Path tasks) {
    long nanos = 0;
    boolean known = false;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        OptionalLong own = isGcThread(thread) ? nanosOnCpu(thread) : OptionalLong.empty();
        known |= own.isPresent();
        nanos += own.orElse(0);
      }
    } catch (IOException noProc) {
      return OptionalLong.empty();
    }
    return known ? OptionalLong.of(nanos) : OptionalLong.empty();
  }

  private static boolean isGcThread(Path thread) {
    String name = LinuxMemory.text(thread.resolve("comm")).orElse("");
    return NAMES.stream().anyMatch(name::startsWith);
  }

  /** The first number of a line like {@code 93127318 115062 37}: nanoseconds on a processor. */
  private static OptionalLong nanosOnCpu(Path thread) {
    return LinuxMemory.text(thread.resolve("schedstat")).map(line -> Numbers.parse(line.strip().split(" ", 2)[0]))
        .orElse(OptionalLong.empty());
  }
}
