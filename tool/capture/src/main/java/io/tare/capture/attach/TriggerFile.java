package io.tare.capture.attach;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The file that turns a SIGQUIT from "print a thread dump" into "open the socket". Its folder is held open, so that the file can
 * be removed even when the target, and with it the way through its root, is gone.
 */
final class TriggerFile implements AutoCloseable {
  private static final Duration STALE = Duration.ofSeconds(10);

  private final SecureDirectoryStream<Path> folder;
  private final AttachFiles files;
  private final Path name;

  private TriggerFile(SecureDirectoryStream<Path> folder, AttachFiles files) {
    this.folder = folder;
    this.files = files;
    this.name = Path.of(files.triggerName());
  }

  // The folder stays open as long as the trigger file does.
  @SuppressWarnings("StreamResourceLeak")
  static TriggerFile in(AttachFiles files) throws IOException {
    DirectoryStream<Path> folder = Files.newDirectoryStream(files.folder());
    if (folder instanceof SecureDirectoryStream<Path> held) {
      return new TriggerFile(held, files);
    }
    folder.close();
    throw new IOException("the folder cannot be held open");
  }

  /**
   * Creates the file as the target's own user.
   *
   * @return false when there is a fresh one already: someone else is attaching, and a second signal would print a thread dump
   */
  boolean create(Credentials owner) throws IOException {
    try {
      folder.newByteChannel(name,
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw----"))).close();
    } catch (FileAlreadyExistsException someoneElse) {
      return isStale();
    }
    if (Credentials.own().map(Credentials::isRoot).orElse(false)) {
      Path file = files.folder().resolve(name);
      Files.setAttribute(file, "unix:uid", (int) owner.user(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(file, "unix:gid", (int) owner.group(), LinkOption.NOFOLLOW_LINKS);
    }
    return true;
  }

  private boolean isStale() throws IOException {
    Instant written = folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes().lastModifiedTime().toInstant();
    return written.isBefore(Instant.now().minus(STALE));
  }

  /** Removes the file; false when it stays, which does no harm: it is empty, and the next attach uses it. */
  boolean delete() {
    try {
      folder.deleteFile(name);
      return true;
    } catch (IOException stays) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
