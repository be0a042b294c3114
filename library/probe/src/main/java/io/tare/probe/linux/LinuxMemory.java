package io.tare.probe.linux;

import io.tare.probe.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Resident memory and the cgroup's charge of this process; an empty map where /proc does not exist. */
public final class LinuxMemory {
  private LinuxMemory() {}

  public static Map<Metric, Long> ofThisProcess() {
    return under(Path.of("/"));
  }

  /** The root is given so that a captured tree can stand in for the machine. */
  static Map<Metric, Long> under(Path root) {
    Map<Metric, Long> values = new EnumMap<>(Metric.class);
    text(root.resolve("proc/self/status")).ifPresent(status -> values.putAll(ProcStatus.parse(status)));
    values.putAll(CgroupMemory.under(root));
    return values;
  }

  /** All that the process may write to and shares with nobody, touched or not: malloc, heap, stacks; empty where /proc does not exist. */
  public static OptionalLong writableBytes() {
    return text(Path.of("/proc/self/status")).map(ProcStatus::writableBytes).orElse(OptionalLong.empty());
  }

  static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException notHere) {
      return Optional.empty();
    }
  }
}
