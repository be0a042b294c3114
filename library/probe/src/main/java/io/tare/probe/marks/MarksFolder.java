package io.tare.probe.marks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder of one user's marks files, {@code taremarks_USER} in the directory for temporary files. */
public final class MarksFolder {
  private static final String PREFIX = "taremarks_";
  private static final int MAX_FILES_LOOKED_AT = 1000;

  private MarksFolder() {}

  /** Where this process's file stands, whether it exists or not. */
  public static Path fileOfThisProcess(Path temporaryDirectory) {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return temporaryDirectory.resolve(PREFIX + user).resolve(Long.toString(ProcessHandle.current().pid()));
  }

  /** Makes this process's file and the folder around it. */
  public static MarksRing create(Path temporaryDirectory, int records) throws IOException {
    Path file = fileOfThisProcess(temporaryDirectory);
    prepare(temporaryDirectory.resolve(file.getName(file.getNameCount() - 2)));
    return MarksRing.create(file, records);
  }

  /** Makes the folder if need be, refuses one that others could have prepared, and clears away files of dead processes. */
  private static void prepare(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException alreadyThere) {
      refuseForeign(folder);
    }
    removeOrphans(folder);
  }

  private static void refuseForeign(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " is not a directory");
    }
    Path self = Path.of("/proc/self");
    boolean known = Files.exists(self);
    if (known && !Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
        .equals(Files.getAttribute(self, "unix:uid"))) {
      throw new IOException(folder + " belongs to another user");
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(folder + " can be written by others");
    }
  }

  /** Files whose writer is gone: its own pid was given to this process, or its pid is free and its lock too. */
  private static void removeOrphans(Path folder) throws IOException {
    int looked = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*")) {
      for (Path file : files) {
        if (looked++ >= MAX_FILES_LOOKED_AT) {
          return;
        }
        String name = file.getFileName().toString();
        if (name.matches("[0-9]{1,18}") && isOrphan(file, Long.parseLong(name))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean isOrphan(Path file, long pid) throws IOException {
    if (pid == ProcessHandle.current().pid()) {
      return true;
    }
    return ProcessHandle.of(pid).isEmpty() && isUnlocked(file);
  }

  /** A container that shares the directory has pids of its own: its processes look dead from here, but hold their locks. */
  private static boolean isUnlocked(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      return channel.tryLock() != null;
    }
  }
}
