package io.tare.probe.linux;

import io.tare.probe.metric.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The memory charge and limit of this process's cgroup, version 1 or 2. */
final class CgroupMemory {
  /** Version 1 says "no limit" with a number near the top of a long. */
  private static final long NO_LIMIT = 1L << 60;

  private CgroupMemory() {}

  static Map<Metric, Long> under(Path root) {
    Map<Metric, Long> values = new EnumMap<>(Metric.class);
    Optional<String> membership = LinuxMemory.text(root.resolve("proc/self/cgroup"));
    if (membership.isEmpty()) {
      return values;
    }
    Optional<String> one = pathOfVersion1(membership.get());
    Optional<String> two = pathOfVersion2(membership.get());
    if (one.isPresent()) {
      Path folder = folder(root.resolve("sys/fs/cgroup/memory"), one.get(), "memory.usage_in_bytes");
      read(folder.resolve("memory.usage_in_bytes")).ifPresent(bytes -> values.put(Metric.CGROUP_USAGE, bytes));
      read(folder.resolve("memory.limit_in_bytes")).ifPresent(bytes -> values.put(Metric.CGROUP_LIMIT, bytes));
    } else if (two.isPresent()) {
      Path folder = folder(root.resolve("sys/fs/cgroup"), two.get(), "memory.current");
      read(folder.resolve("memory.current")).ifPresent(bytes -> values.put(Metric.CGROUP_USAGE, bytes));
      read(folder.resolve("memory.max")).ifPresent(bytes -> values.put(Metric.CGROUP_LIMIT, bytes));
    }
    return values;
  }

  /** A line like {@code 4:memory:/user.slice}. */
  static Optional<String> pathOfVersion1(String membership) {
    return membership.lines().map(line -> line.split(":", 3))
        .filter(parts -> parts.length == 3 && ("," + parts[1] + ",").contains(",memory,"))
        .map(parts -> parts[2]).findFirst();
  }

  /** The line {@code 0::/system.slice/app.service}. */
  static Optional<String> pathOfVersion2(String membership) {
    return membership.lines().filter(line -> line.startsWith("0::")).map(line -> line.substring(3)).findFirst();
  }

  /** Inside a container the group's own folder is mounted at the top, and the path of the host does not exist. */
  private static Path folder(Path mount, String path, String wanted) {
    Path own = mount.resolve(path.replaceFirst("^/+", ""));
    return Files.exists(own.resolve(wanted)) ? own : mount;
  }

  private static OptionalLong read(Path file) {
    OptionalLong bytes = LinuxMemory.text(file).map(Numbers::parse).orElse(OptionalLong.empty());
    return bytes.isPresent() && bytes.getAsLong() < NO_LIMIT ? bytes : OptionalLong.empty();
  }
}
