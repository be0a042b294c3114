package io.tare.formats.cgroup;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.text.LineReader;
import io.tare.model.cgroup.Level;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /proc/PID/cgroup}, and the {@code memory.*} files of one group.
 *
 * <p>Linux 6.18 prints {@code 4:memory:/docker/3f2a} where version 1 carries memory, and {@code 0::/docker/3f2a} for
 * version 2. On a machine with both, memory belongs to the hierarchy that names the controller.
 */
public final class CgroupText {
  private CgroupText() {}

  /** Which group carries memory; empty when no hierarchy does. */
  public static Parsed<Optional<MemoryGroup>> parseMembership(String artifact, String content, ParseLimits limits)
      throws NotThisFormat {
    ProblemList problems = new ProblemList(artifact, limits);
    Optional<MemoryGroup> versionOne = Optional.empty();
    Optional<MemoryGroup> versionTwo = Optional.empty();
    LineReader lines = new LineReader(content, limits);
    while (lines.advance()) {
      String[] parts = lines.line().split(":", 3);
      if (parts.length < 3 || !parts[2].startsWith("/")) {
        requireOther(artifact, lines);
        problems.add(lines.where(), "expected 'number:controllers:/path' but found '" + lines.line() + "'");
      } else if (parts[0].equals("0") && parts[1].isEmpty()) {
        versionTwo = Optional.of(new MemoryGroup(2, parts[2]));
      } else if (Arrays.asList(parts[1].split(",")).contains("memory")) {
        versionOne = Optional.of(new MemoryGroup(1, parts[2]));
      }
    }
    return new Parsed<>(versionOne.isPresent() ? versionOne : versionTwo, problems.toList());
  }

  private static void requireOther(String artifact, LineReader lines) throws NotThisFormat {
    if (lines.number() == 1) {
      throw new NotThisFormat(artifact + " does not begin with 'number:controllers:/path'");
    }
  }

  /**
   * One group from its files.
   *
   * @param artifact the folder's name, for problems
   * @param path the group's path below the mount point
   * @param files the contents by file name, {@code memory.current} or {@code memory.usage_in_bytes} …; those that are
   *     missing are left out
   */
  public static Parsed<Level> parseLevel(String artifact, String path, Map<String, String> files, ParseLimits limits)
      throws NotThisFormat {
    GroupFiles group = new GroupFiles(artifact, files, limits);
    if (files.containsKey("memory.usage_in_bytes") || files.containsKey("memory.limit_in_bytes")) {
      return group.result(VersionOne.level(path, group));
    }
    if (files.containsKey("memory.current") || files.containsKey("memory.stat")) {
      return group.result(VersionTwo.level(path, group));
    }
    throw new NotThisFormat(artifact + " holds none of the files of a memory group");
  }
}
