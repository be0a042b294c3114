package io.tare.formats.cgroup;

import io.tare.model.cgroup.Level;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A memory group of version 1. Its {@code memory.stat} counts the group alone under plain names and the group with its
 * children under {@code total_*}; usage and limits are always hierarchical.
 */
final class VersionOne {
  /** Files that a level has no field for: kept in the table under their own names. */
  private static final List<String> KEPT_BY_NAME = List.of("memory.soft_limit_in_bytes", "memory.memsw.usage_in_bytes",
      "memory.memsw.limit_in_bytes",
      "memory.memsw.max_usage_in_bytes", "memory.kmem.limit_in_bytes", "memory.kmem.max_usage_in_bytes");

  private VersionOne() {}

  static Level level(String path, GroupFiles files) {
    Map<String, Long> stat = files.table("memory.stat");
    for (String name : KEPT_BY_NAME) {
      files.number(name).ifPresent(value -> stat.put(name, value));
    }
    OptionalLong oomKills = GroupFiles.valueOf(files.table("memory.oom_control"), "oom_kill");
    return new Level(path, files.number("memory.usage_in_bytes"), files.number("memory.limit_in_bytes"),
        OptionalLong.empty(), files.number("memory.max_usage_in_bytes"), files.number("memory.kmem.usage_in_bytes"),
        swap(stat), oomKills, stat);
  }

  private static OptionalLong swap(Map<String, Long> stat) {
    OptionalLong hierarchical = GroupFiles.valueOf(stat, "total_swap");
    return hierarchical.isPresent() ? hierarchical : GroupFiles.valueOf(stat, "swap");
  }
}
