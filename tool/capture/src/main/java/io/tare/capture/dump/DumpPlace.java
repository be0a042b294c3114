package io.tare.capture.dump;

import io.tare.capture.attach.AttachRefused;
import io.tare.capture.attach.TargetProcess;
import io.tare.capture.kernel.HeldFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder that the target's user can write to.
 *
 * @param asTarget its path as the target names it
 * @param fileSystem {@code ext4}, {@code tmpfs} …
 */
public record DumpPlace(Path asTarget, long roomBytes, String fileSystem) {

  /** The folder at that path of the target; empty if it is none, or none that its user can use. */
  static Optional<DumpPlace> of(Path asTarget, TargetProcess process) {
    try (HeldFolder folder = process.open(asTarget)) {
      if (!folder.mayWrite()) {
        return Optional.empty();
      }
      String fileSystem = MountedFileSystem.of(asTarget, process.folder().text("mountinfo").orElse(""));
      return Optional.of(new DumpPlace(asTarget, folder.path().toFile().getUsableSpace(), fileSystem));
    } catch (IOException | AttachRefused unreachable) {
      return Optional.empty();
    }
  }

  /** Memory, not disk: a dump there would count as the target's. */
  boolean isMemory() {
    return fileSystem.equals("tmpfs") || fileSystem.equals("ramfs");
  }
}

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
