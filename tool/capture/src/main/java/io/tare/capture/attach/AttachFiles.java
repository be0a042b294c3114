package io.tare.capture.attach;

import io.tare.capture.attach.AttachFacts.SocketState;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.StatusLines;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The two files of HotSpot's attach protocol, as the target names them, seen through its own root: the socket {@code
 * /tmp/.java_pidN} and the file {@code /tmp/.attach_pidN}, which turns a SIGQUIT from "print a thread dump" into "open the
 * socket". N is the pid in the target's innermost namespace.
 */
record AttachFiles(Path socket, Path trigger) {
  private static final Duration STALE = Duration.ofSeconds(10);
  private static final int FILE_TYPE = 0170000;
  private static final int SOCKET_TYPE = 0140000;

  static AttachFiles of(ProcessFolder folder, String status) {
    String pid = StatusLines.lastWord(status, "NSpid:").orElse(Long.toString(folder.pid()));
    Path tmp = folder.file("root").resolve("tmp");
    return new AttachFiles(tmp.resolve(".java_pid" + pid), tmp.resolve(".attach_pid" + pid));
  }

  SocketState socketState(Credentials owner) {
    try {
      Map<String, Object> attributes = Files.readAttributes(socket, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
      boolean isSocket = attributes.get("mode") instanceof Integer mode && (mode & FILE_TYPE) == SOCKET_TYPE;
      boolean isOwners = attributes.get("uid") instanceof Integer uid && Integer.toUnsignedLong(uid) == owner.user();
      return isSocket && isOwners ? SocketState.PRESENT : SocketState.FOREIGN;
    } catch (IOException missing) {
      return SocketState.MISSING;
    }
  }

  boolean socketExists() {
    return Files.exists(socket, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Creates the trigger file as the target's own user.
   *
   * @return false when there is a fresh one already: someone else is attaching, and a second signal would print a thread dump
   */
  boolean createTrigger(Credentials owner) throws IOException {
    try {
      Files.createFile(trigger,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw----")));
    } catch (FileAlreadyExistsException someoneElse) {
      return isStale();
    }
    if (Credentials.own().map(Credentials::isRoot).orElse(false)) {
      Files.setAttribute(trigger, "unix:uid", (int) owner.user(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(trigger, "unix:gid", (int) owner.group(), LinkOption.NOFOLLOW_LINKS);
    }
    return true;
  }

  private boolean isStale() throws IOException {
    try {
      FileTime written = Files.getLastModifiedTime(trigger, LinkOption.NOFOLLOW_LINKS);
      return written.toInstant().isBefore(Instant.now().minus(STALE));
    } catch (NoSuchFileException alreadyUsed) {
      return false;
    }
  }

  /** Removes the trigger file; false when it stays, which does no harm: it is empty, and the next attach uses it. */
  boolean deleteTrigger() {
    try {
      return Files.deleteIfExists(trigger);
    } catch (IOException stays) {
      return false;
    }
  }
}
