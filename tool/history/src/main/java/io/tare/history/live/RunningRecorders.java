package io.tare.history.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Which recordings of this user are being written now: a small file for each in a folder of the user's own, named by the recorder's pid.
 * So {@code tare mark} finds its recording without being told.
 */
public final class RunningRecorders {
  private final Path folder;

  public RunningRecorders(Path folder) {
    this.folder = folder;
  }

  /** The folder of this user: below {@code XDG_RUNTIME_DIR}, else below the one for temporary files. */
  public static RunningRecorders ofThisUser(String runtimeFolder) {
    Path base = runtimeFolder.isEmpty() || !Files.isDirectory(Path.of(runtimeFolder))
        ? Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
        : Path.of(runtimeFolder);
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return new RunningRecorders(base.resolve("tare_" + user));
  }

  /** Says that this process writes that recording; the file that says so is to be deleted at the end. */
  public Path enter(Path recording) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Path entry = folder.resolve(Long.toString(ProcessHandle.current().pid()));
    return Files.writeString(entry, recording.toAbsolutePath().toString(), StandardCharsets.UTF_8);
  }

  /** The recordings whose recorders are alive. */
  public List<Path> recordings() throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return found;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[0-9]*")) {
      for (Path entry : entries) {
        long pid = Long.parseLong(String.valueOf(entry.getFileName()));
        if (ProcessHandle.of(pid).isEmpty()) {
          Files.deleteIfExists(entry);
        } else {
          found.add(Path.of(Files.readString(entry, StandardCharsets.UTF_8)));
        }
      }
    }
    return found;
  }
}
