package io.tare.capture.cgroup;

import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.cgroup.MemoryGroup;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

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
    String mounts = FileRead.of(process.procRoot().resolve("self").resolve("mountinfo"), FileRead.SMALL * 8).text();
    OptionalLong limit = new GroupLimits(process.procRoot(), systemRoot).tightest(membership);
    return group.flatMap(found -> GroupFolders.find(found, MountPoint.parse(mounts), systemRoot)
        .map(folders -> new OwnGroup(found.version(), folders.upwards().getFirst().folder(), limit)));
  }
}
