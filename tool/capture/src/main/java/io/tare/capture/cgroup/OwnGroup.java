package io.tare.capture.cgroup;

import io.tare.capture.cgroup.GroupFolders.MountPoint;
import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.cgroup.MemoryGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The innermost memory group of a process, for looking at it again and again.
 *
 * @param version 1 or 2
 * @param limitBytes the tightest limit of the group and its parents
 */
public record OwnGroup(int version, Path folder, OptionalLong limitBytes) {

  /** Empty when no group carries memory, or it can't be seen from here. */
  public static Optional<OwnGroup> of(ProcessFolder process, Path systemRoot) {
    String membership = FileRead.of(process.file("cgroup"), FileRead.SMALL).text();
    Optional<MemoryGroup> group = CgroupCollector.memoryGroup(membership);
    if (group.isEmpty()) {
      return Optional.empty();
    }
    // Read once: a node of a cluster has thousands of mounts.
    GroupLimits limits = new GroupLimits(process.procRoot(), systemRoot);
    return GroupFolders.find(group.get(), limits.mounts, systemRoot).map(folders -> new OwnGroup(group.get().version(),
        folders.upwards().getFirst().folder(), limits.tightest(membership)));
  }

  /** The tightest limit above a process, for many processes: each group is looked at once. */
  public static final class GroupLimits {
    /** What version 1 prints for "no limit" is above this. */
    private static final long NO_LIMIT = 1L << 62;

    private final Path systemRoot;
    private final List<MountPoint> mounts;
    private final Map<String, OptionalLong> known = new ConcurrentHashMap<>();

    public GroupLimits(Path procRoot, Path systemRoot) {
      this.systemRoot = systemRoot;
      this.mounts = MountPoint
          .parse(FileRead.of(procRoot.resolve("self").resolve("mountinfo"), FileRead.SMALL * 8).text());
    }

    /**
     * The smallest limit of the process's group and its parents; empty when there is none.
     *
     * @param membership the content of {@code /proc/PID/cgroup}
     */
    public OptionalLong tightest(String membership) {
      return known.computeIfAbsent(membership, text -> CgroupCollector.memoryGroup(text).map(this::tightestAbove)
          .orElse(OptionalLong.empty()));
    }

    private OptionalLong tightestAbove(MemoryGroup group) {
      String file = group.version() == 1 ? "memory.limit_in_bytes" : "memory.max";
      return GroupFolders.find(group, mounts, systemRoot).map(folders -> folders.upwards().stream()
          .map(level -> limit(level.folder().resolve(file))).flatMapToLong(OptionalLong::stream).min())
          .orElse(OptionalLong.empty());
    }

    private static OptionalLong limit(Path file) {
      String content = FileRead.of(file, FileRead.SMALL).text().strip();
      if (content.isEmpty() || content.equals("max") || !content.chars().allMatch(Character::isDigit)) {
        return OptionalLong.empty();
      }
      long bytes = content.length() > 18 ? Long.MAX_VALUE : Long.parseLong(content);
      return bytes >= NO_LIMIT ? OptionalLong.empty() : OptionalLong.of(bytes);
    }
  }
}
