package io.tare.capture.attach;

import io.tare.capture.attach.AttachRefused.Reason;
import io.tare.capture.attach.AttachSafety.AttachFacts.SocketState;
import io.tare.capture.kernel.Descriptor;
import io.tare.capture.kernel.FileStatus;
import io.tare.capture.kernel.HeldFolder;
import io.tare.capture.proc.StatusLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The files of HotSpot's attach protocol in the target's own {@code /tmp}: the socket {@code .java_pidN}, and the trigger {@code
 * .attach_pidN} that turns a SIGQUIT from "print a thread dump" into "open the socket". N is the pid in the target's innermost
 * namespace. The folder is held open, so that the trigger can be removed even when the target is gone.
 */
final class AttachFiles implements AutoCloseable {
  private static final Path FOLDER = Path.of("/tmp");
  private static final Duration STALE = Duration.ofSeconds(10);

  private final HeldFolder folder;
  private final TargetProcess target;
  private final long owner;
  private final String pid;

  private AttachFiles(HeldFolder folder, TargetProcess target, long owner, String pid) {
    this.folder = folder;
    this.target = target;
    this.owner = owner;
    this.pid = pid;
  }

  static AttachFiles of(TargetProcess target) throws AttachRefused {
    long owner = target.credentials().user();
    String pid = target.folder().text("status").flatMap(status -> StatusLines.lastWord(status, "NSpid:"))
        .orElse(Long.toString(target.folder().pid()));
    try {
      return new AttachFiles(target.open(FOLDER), target, owner, pid);
    } catch (IOException unreachable) {
      throw new AttachRefused(Reason.NO_PLACE_FOR_FILE,
          "the folder /tmp of the process cannot be used as its user (" + unreachable.getMessage()
              + "); make that folder writable");
    }
  }

  SocketState socketState() {
    try {
      return folder.status(socketName())
          .map(status -> isItsSocket(status) ? SocketState.PRESENT : SocketState.FOREIGN).orElse(SocketState.MISSING);
    } catch (IOException unreadable) {
      return SocketState.FOREIGN;
    }
  }

  /** The socket itself, held: what has its name later does not matter. */
  HotSpotSocket socket() throws AttachRefused {
    try {
      Descriptor socket = folder.place(socketName());
      if (isItsSocket(socket.status())) {
        return new HotSpotSocket(new HotSpotSocket.Listener(socket, folder.user(), target.folder().pid()),
            target::canAnswer);
      }
      socket.close();
    } catch (IOException exchanged) {
      throw foreignSocket();
    }
    throw foreignSocket();
  }

  /**
   * Creates the trigger, which belongs to the target's user from the start: only then does the JVM heed it.
   *
   * @return false when there is a fresh one already: someone else is attaching, and a second signal would print a thread dump
   */
  boolean createTrigger() throws AttachRefused {
    try {
      if (folder.create(triggerName())) {
        return true;
      }
      Optional<FileStatus> there = folder.status(triggerName());
      if (there.isPresent() && !(there.get().isRegularFile() && there.get().user() == owner)) {
        throw new AttachRefused(Reason.FOREIGN_TRIGGER, "another user put the file /tmp/" + triggerName()
            + " where the JVM looks for its own, and would have it print a thread dump; remove that file and ask again");
      }
      return there.isPresent() && there.get().modifiedSeconds() < Instant.now().minus(STALE).getEpochSecond();
    } catch (IOException refused) {
      throw new AttachRefused(Reason.NO_PLACE_FOR_FILE,
          "the file that tells the JVM to listen cannot be created in its /tmp; make that folder writable");
    }
  }

  /** Removes the trigger; one that stays does no harm: it is empty, and the next attach uses it. */
  boolean deleteTrigger() {
    try {
      folder.remove(triggerName());
      return true;
    } catch (IOException stays) {
      return false;
    }
  }

  private boolean isItsSocket(FileStatus status) {
    return status.isSocket() && status.user() == owner;
  }

  private static AttachRefused foreignSocket() {
    return new AttachRefused(Reason.FOREIGN_SOCKET, AttachSafety.FOREIGN_SOCKET);
  }

  private String socketName() {
    return ".java_pid" + pid;
  }

  private String triggerName() {
    return ".attach_pid" + pid;
  }

  @Override
  public void close() {
    folder.close();
  }
}
