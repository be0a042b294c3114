package io.tare.model.cgroup;

import java.util.Map;
import java.util.OptionalLong;

/**
 * One group of the hierarchy. Sizes are bytes; what the kernel did not tell is empty; a limit of "no limit" is empty too.
 *
 * @param stat {@code memory.stat}, line by line, as the kernel names them (v1 and v2 names differ)
 */
public record Level(
    String path,
    OptionalLong usageBytes,
    OptionalLong limitBytes,
    OptionalLong highBytes,
    OptionalLong peakBytes,
    OptionalLong kernelBytes,
    OptionalLong swapBytes,
    OptionalLong oomKills,
    Map<String, Long> stat) {
  public Level {
    stat = Map.copyOf(stat);
  }

  public OptionalLong stat(String key) {
    Long value = stat.get(key);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
