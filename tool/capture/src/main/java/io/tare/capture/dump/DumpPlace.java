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
