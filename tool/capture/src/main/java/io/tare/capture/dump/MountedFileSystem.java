package io.tare.capture.dump;

import java.nio.file.Path;

/**
 * Which file system a folder of a process is on, as its {@code mountinfo} tells: {@code 36 35 98:0 / /mnt rw,noatime - ext4
 * /dev/sda1 rw}. Java would ask our own mount table, which is another one for a process in a container.
 */
final class MountedFileSystem {
  private static final int FIELDS_BEFORE_DASH = 6;
  private static final int MOUNT_POINT = 4;

  private MountedFileSystem() {}

  /** {@code ext4}, {@code tmpfs}; empty if it cannot be told. */
  static String of(Path folder, String mountinfo) {
    String best = "";
    int longest = -1;
    for (String line : mountinfo.split("\n")) {
      int dash = line.indexOf(" - ");
      String[] fields = line.split(" ");
      if (dash < 0 || fields.length < FIELDS_BEFORE_DASH) {
        continue;
      }
      Path point = Path.of(fields[MOUNT_POINT].replace("\\040", " "));
      // Of two mounts at one place the later one is what is seen.
      if (folder.startsWith(point) && point.getNameCount() >= longest) {
        longest = point.getNameCount();
        best = line.substring(dash + 3).split(" ")[0];
      }
    }
    return best;
  }
}
