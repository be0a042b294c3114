package io.tare.capture.cgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
