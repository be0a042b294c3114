package io.tare.capture.dump;

import io.tare.capture.attach.Credentials;
import io.tare.capture.proc.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A folder that the target can write to and that we can see.
 *
 * @param asTarget its path as the target names it
 * @param asWe its path as we reach it, through the target's root if that is another one than ours
 * @param fileSystem {@code ext4}, {@code tmpfs} …
 */
public record DumpPlace(Path asTarget, Path asWe, long roomBytes, String fileSystem) {
  private static final int ANYBODY_MAY_ENTER = 1;
  private static final int GROUP_MAY_ENTER = 8;
  private static final int OWNER_MAY_ENTER = 64;

  /** The folder at that path of the target; empty if it is none, or none that both can use. */
  static Optional<DumpPlace> of(Path asTarget, ProcessFolder process) {
    Path asWe = sharesRoot(process) ? asTarget : process.file("root").resolve(asTarget.toString().substring(1));
    try {
      if (!Files.isDirectory(asWe) || !Files.isWritable(asWe) || !targetMayEnter(asTarget, process)) {
        return Optional.empty();
      }
      String fileSystem = MountedFileSystem.of(asTarget, process.text("mountinfo").orElse(""));
      return Optional.of(new DumpPlace(asTarget, asWe, asWe.toFile().getUsableSpace(), fileSystem));
    } catch (IOException | UnsupportedOperationException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether a path means the same to the target and to us. */
  static boolean sharesRoot(ProcessFolder process) {
    ProcessFolder self = new ProcessFolder(process.procRoot(), ProcessHandle.current().pid());
    Optional<String> mounts = process.link("ns/mnt");
    return mounts.isPresent() && mounts.equals(self.link("ns/mnt")) && process.link("root").equals(self.link("root"));
  }

  /** Memory, not disk: a dump there would count as the target's. */
  boolean isMemory() {
    return fileSystem.equals("tmpfs") || fileSystem.equals("ramfs");
  }

  private static boolean targetMayEnter(Path asTarget, ProcessFolder process) throws IOException {
    Optional<Credentials> target = Credentials.parse(process.text("status").orElse(""));
    if (target.isEmpty()) {
      return false;
    }
    if (target.get().isRoot() || target.equals(Credentials.own())) {
      return true;
    }
    Path root = sharesRoot(process) ? Path.of("/") : process.file("root");
    for (Path at = asTarget; at != null; at = at.getParent()) {
      if (!mayEnter(root.resolve(at.toString().substring(1)), target.get())) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayEnter(Path folder, Credentials who) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(folder, "unix:mode,uid,gid");
    int mode = number(attributes, "mode");
    long owner = Integer.toUnsignedLong(number(attributes, "uid"));
    long group = Integer.toUnsignedLong(number(attributes, "gid"));
    int needed = owner == who.user() ? OWNER_MAY_ENTER : group == who.group() ? GROUP_MAY_ENTER : ANYBODY_MAY_ENTER;
    return (mode & needed) != 0;
  }

  private static int number(Map<String, Object> attributes, String name) throws IOException {
    if (attributes.get(name) instanceof Integer number) {
      return number;
    }
    throw new IOException("the file system does not tell the " + name);
  }
}
