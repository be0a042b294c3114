package io.tare.capture.cgroup;

import io.tare.capture.cgroup.GroupFolders.MountPoint;
import io.tare.capture.door.ForeignFile.Expect;
import io.tare.capture.door.TargetRoot;
import io.tare.capture.kernel.PageSize;
import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.cgroup.CgroupText;
import io.tare.formats.cgroup.MemoryGroup;
import io.tare.formats.facts.Fact;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Collects the files of the memory groups of a process, versions 1, 2 and both at once. The group is looked for below the mounts
 * that this process sees, then below those that the target sees.
 */
public final class CgroupCollector {
  private static final int MOST_LEVELS = 32;
  private static final List<String> FILES_OF_VERSION_1 = List.of("memory.usage_in_bytes", "memory.limit_in_bytes",
      "memory.max_usage_in_bytes", "memory.soft_limit_in_bytes", "memory.stat", "memory.kmem.usage_in_bytes",
      "memory.memsw.usage_in_bytes", "memory.memsw.limit_in_bytes", "memory.failcnt", "memory.oom_control",
      "memory.swappiness");
  private static final List<String> FILES_OF_VERSION_2 = List.of("memory.current", "memory.max", "memory.high",
      "memory.low", "memory.min", "memory.peak", "memory.stat", "memory.swap.current", "memory.swap.max",
      "memory.zswap.current", "memory.events", "memory.events.local", "memory.oom.group", "memory.pressure");

  private final ProcessFolder folder;
  private final Path systemRoot;

  /** @param systemRoot the folder below which the mount points lie: {@code /}, or a captured tree */
  public CgroupCollector(ProcessFolder folder, Path systemRoot) {
    this.folder = folder;
    this.systemRoot = systemRoot;
  }

  /**
   * What was collected.
   *
   * @param members reads the list of the processes in the group
   */
  public record Collected(List<Artifact> artifacts, Optional<Supplier<FileRead>> members) {
    public Collected {
      artifacts = List.copyOf(artifacts);
    }
  }

  public Collected collect() {
    long began = System.nanoTime();
    FileRead membership = FileRead.of(folder.file("cgroup"), FileRead.SMALL);
    Artifact membershipArtifact = membership.as(ArtifactNames.CGROUP_MEMBERSHIP);
    Optional<MemoryGroup> group = memoryGroup(membership.text());
    Optional<Seen> seen = group.flatMap(this::see);
    if (seen.isEmpty()) {
      String why = group.isEmpty() ? "no group carries memory" : "the process's memory group cannot be seen from here";
      return new Collected(
          List.of(membershipArtifact, Artifact.missing(ArtifactNames.CGROUP_LEVELS, Outcome.ABSENT, why)),
          Optional.empty());
    }
    List<GroupFolders.Group> groups = seen.get().folders().upwards();
    List<Artifact> artifacts = new ArrayList<>();
    artifacts.add(membershipArtifact);
    artifacts.add(Artifact.taken(ArtifactNames.CGROUP_LEVELS, "", FileRead.microsSince(began),
        levels(group.get().version(), groups)));
    for (int level = 0; level < Math.min(groups.size(), MOST_LEVELS); level++) {
      artifacts.addAll(files(level, group.get().version(), groups.get(level).folder(), seen.get().files()));
    }
    Path own = groups.getFirst().folder();
    return new Collected(artifacts, Optional.of(() -> seen.get().files().read(own.resolve("cgroup.procs"))));
  }

  static Optional<MemoryGroup> memoryGroup(String membership) {
    try {
      return CgroupText.parseMembership(ArtifactNames.CGROUP_MEMBERSHIP, membership, ParseLimits.DEFAULT).value();
    } catch (NotThisFormat noGroups) {
      return Optional.empty();
    }
  }

  /** Reads a file of a group. */
  private interface Files {
    FileRead read(Path file);
  }

  /** A group's folders, and how their files are read. */
  private record Seen(GroupFolders folders, Files files) {}

  private Optional<Seen> see(MemoryGroup group) {
    Optional<GroupFolders> fromHere = GroupFolders.find(group, mountsOf(self()), systemRoot);
    return fromHere.isPresent()
        ? fromHere.map(folders -> new Seen(folders, file -> FileRead.of(file, FileRead.SMALL)))
        : fromTheTarget(group);
  }

  /** What is mounted where below its root is the target's own affair, and may be no group at all. */
  private Optional<Seen> fromTheTarget(MemoryGroup group) {
    try (TargetRoot root = TargetRoot.open(folder.path())) {
      return GroupFolders
          .find(group, mountsOf(folder.path()), Path.of("/"), path -> root.hasFolder(path.toString()))
          .map(folders -> new Seen(folders, this::ofTheTarget));
    } catch (IOException refused) {
      return Optional.empty();
    }
  }

  private FileRead ofTheTarget(Path file) {
    try (TargetRoot root = TargetRoot.open(folder.path())) {
      return FileRead.of(root.file(file.toString(), Expect.ANYBODYS), FileRead.SMALL);
    } catch (IOException refused) {
      return FileRead.refused(refused);
    }
  }

  private Path self() {
    return folder.procRoot().resolve("self");
  }

  private static List<MountPoint> mountsOf(Path process) {
    FileRead mountinfo = FileRead.of(process.resolve("mountinfo"), FileRead.SMALL * 8);
    return MountPoint.parse(mountinfo.text());
  }

  private static String levels(int version, List<GroupFolders.Group> groups) {
    StringBuilder facts = new StringBuilder();
    for (int level = 0; level < groups.size(); level++) {
      Fact fact = Fact.of("level", "n", level, "version", version, "path", groups.get(level).path());
      facts.append(fact.line()).append('\n');
    }
    return facts.toString();
  }

  /** The files that the kernel has; which ones differs between its versions and between the root and other groups. */
  private static List<Artifact> files(int level, int version, Path group, Files from) {
    List<Artifact> artifacts = new ArrayList<>();
    for (String file : version == 1 ? FILES_OF_VERSION_1 : FILES_OF_VERSION_2) {
      FileRead read = from.read(group.resolve(file));
      if (read.outcome() != Outcome.ABSENT && read.outcome() != Outcome.FAILED) {
        artifacts.add(read.as(ArtifactNames.CGROUP + level + "/" + file));
      }
    }
    return artifacts;
  }

  /** Lists the processes of a group with what each weighs. */
  public static final class GroupMembers {
    private static final int MOST = 500;

    private GroupMembers() {}

    /**
     * Lists them.
     *
     * @param processes the group's {@code cgroup.procs}
     */
    public static Artifact take(Path procRoot, FileRead processes) {
      long began = System.nanoTime();
      if (!processes.hasContent()) {
        return processes.as(ArtifactNames.CGROUP_MEMBERS);
      }
      List<String> pids = processes.text().lines().filter(GroupMembers::isVisible).toList();
      StringBuilder facts = new StringBuilder();
      pids.stream().limit(MOST).map(pid -> fact(procRoot, pid)).flatMap(Optional::stream)
          .forEach(fact -> facts.append(fact.line()).append('\n'));
      boolean cut = pids.size() > MOST;
      return Artifact.adopting(
          new Artifact.Label(ArtifactNames.CGROUP_MEMBERS, cut ? Outcome.PARTIAL : Outcome.TAKEN,
              cut ? "the first " + MOST + " of " + pids.size() + " processes" : "",
              processes.micros() + FileRead.microsSince(began)),
          facts.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A process of another pid namespace is listed as 0. */
    private static boolean isVisible(String pid) {
      return !pid.equals("0") && !pid.isEmpty() && pid.length() < 10 && pid.chars().allMatch(Character::isDigit);
    }

    private static Optional<Fact> fact(Path procRoot, String pid) {
      return new ProcessFolder(procRoot, Long.parseLong(pid)).identity().map(GroupMembers::fact);
    }

    private static Fact fact(ProcessIdentity member) {
      return Fact.of("member", "pid", member.pid(), "name", member.name(), "rss",
          member.residentPages() * PageSize.ofThisMachine());
    }
  }
}
