package io.tare.capture.cgroup;

import io.tare.formats.cgroup.MemoryGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folders of a group and its parents, as far as they are visible, the group's own first.
 *
 * @param mount the folder of the topmost visible group
 * @param below the path from there to the group; empty when the topmost is the group
 */
record GroupFolders(Path mount, String below) {

  /** One group: its path as people name it, and its folder. */
  record Group(String path, Path folder) {}

  /**
   * Finds the group below the mounts.
   *
   * @param view the root folder that the mount points are meant from
   */
  static Optional<GroupFolders> find(MemoryGroup group, List<MountPoint> mounts, Path view) {
    return find(group, mounts, view, Files::isDirectory);
  }

  static Optional<GroupFolders> find(MemoryGroup group, List<MountPoint> mounts, Path view, Predicate<Path> isFolder) {
    for (MountPoint mount : mounts) {
      Optional<String> below = mount.version() == group.version()
          ? below(group.path(), mount.root())
          : Optional.empty();
      if (below.isPresent()) {
        GroupFolders folders = new GroupFolders(view.resolve(relative(mount.folder())), below.get());
        if (isFolder.test(folders.own())) {
          return Optional.of(folders);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The part of the group's path below the mount's root. Within a container that sees the whole machine's group names, the mount
   * shows only its own part: root {@code /docker/3f2a}, and the group {@code /docker/3f2a/worker} is at {@code worker}.
   */
  static Optional<String> below(String groupPath, String mountRoot) {
    // Paths with .. lead out of what this process may see.
    if (leadsOut(groupPath) || leadsOut(mountRoot)) {
      return Optional.empty();
    }
    if (mountRoot.equals("/")) {
      return Optional.of(relative(groupPath));
    }
    return groupPath.equals(mountRoot) || groupPath.startsWith(mountRoot + "/")
        ? Optional.of(relative(groupPath.substring(mountRoot.length())))
        : Optional.empty();
  }

  private static boolean leadsOut(String path) {
    return List.of(path.split("/")).contains("..");
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private Path own() {
    return mount.resolve(below);
  }

  /** The group itself, then its parents up to the topmost visible one. */
  List<Group> upwards() {
    List<Group> groups = new ArrayList<>();
    String path = below;
    while (!path.isEmpty()) {
      groups.add(new Group("/" + path, mount.resolve(path)));
      path = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }
    groups.add(new Group("/", mount));
    return groups;
  }

  /**
   * A mounted hierarchy of control groups, as {@code /proc/PID/mountinfo} lists it: {@code 35 31 0:32 / /sys/fs/cgroup/memory
   * rw,relatime - cgroup cgroup rw,memory}.
   *
   * @param version 1 or 2
   * @param root which group of the hierarchy the mount shows at its top
   * @param folder where it is mounted
   */
  record MountPoint(int version, String root, String folder) {
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    /** The mounts that can carry memory: version 2, and version 1 with the memory controller. */
    static List<MountPoint> parse(String mountinfo) {
      List<MountPoint> mounts = new ArrayList<>();
      for (String line : mountinfo.split("\n")) {
        int dash = line.indexOf(" - ");
        String[] left = line.split(" ");
        String[] right = dash < 0 ? new String[0] : line.substring(dash + 3).split(" ");
        if (left.length < 6 || right.length < 3) {
          continue;
        }
        boolean memory = List.of(right[2].split(",")).contains("memory");
        if (right[0].equals("cgroup2") || (right[0].equals("cgroup") && memory)) {
          mounts.add(new MountPoint(right[0].equals("cgroup2") ? 2 : 1, plain(left[3]), plain(left[4])));
        }
      }
      return mounts;
    }

    /** Blanks and the like are written as {@code \040}. */
    private static String plain(String escaped) {
      if (escaped.indexOf('\\') < 0) {
        return escaped;
      }
      Matcher octal = OCTAL.matcher(escaped);
      return octal.replaceAll(found -> Matcher.quoteReplacement(
          String.valueOf((char) Integer.parseInt(found.group(1), 8))));
    }
  }
}
