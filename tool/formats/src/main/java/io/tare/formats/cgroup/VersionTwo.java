package io.tare.formats.cgroup;

import io.tare.model.cgroup.Level;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A memory group of version 2; everything in it is hierarchical. The root group has a table only. */
final class VersionTwo {
  /** What {@code kernel} sums up, for kernels before 5.18, which lack it. */
  private static final List<String> PARTS_OF_KERNEL = List.of("slab", "kernel_stack", "pagetables", "sec_pagetables",
      "percpu", "vmalloc");

  private VersionTwo() {}

  static Level level(String path, GroupFiles files) {
    Map<String, Long> stat = files.table("memory.stat");
    files.number("memory.swap.max").ifPresent(value -> stat.put("memory.swap.max", value));
    OptionalLong oomKills = GroupFiles.valueOf(files.table("memory.events"), "oom_kill");
    return new Level(path, files.number("memory.current"), files.number("memory.max"), files.number("memory.high"),
        files.number("memory.peak"), kernel(stat), files.number("memory.swap.current"), oomKills, stat);
  }

  private static OptionalLong kernel(Map<String, Long> stat) {
    if (stat.containsKey("kernel") || !stat.containsKey("slab")) {
      return GroupFiles.valueOf(stat, "kernel");
    }
    return OptionalLong.of(PARTS_OF_KERNEL.stream().mapToLong(part -> stat.getOrDefault(part, 0L)).sum());
  }
}
