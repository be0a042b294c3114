package io.tare.capture.attach;

import io.tare.capture.proc.Hsperfdata;
import io.tare.capture.proc.Hsperfdata.AttachPermission;
import io.tare.capture.proc.MappedNames;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.capture.proc.StatusLines;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What must be known before a JVM may be asked, as it is at one moment.
 *
 * @param live whether the pid is one of the running system
 * @param identity who has the pid now; empty when nobody has
 * @param catchesQuit whether SIGQUIT has a handler
 * @param quitPending whether a SIGQUIT waits to be delivered
 * @param permission what the JVM's performance data say; empty when there are none
 * @param otherUser whose process it is; empty when a JVM of that user answers us
 */
record AttachFacts(boolean live, Optional<ProcessIdentity> identity, boolean libjvmMapped, boolean catchesQuit,
    boolean quitPending, Optional<AttachPermission> permission, SocketState socket, OptionalLong otherUser) {
  private static final long QUIT_BIT = 1L << 2;

  /** What stands where the JVM's socket should be. */
  enum SocketState {
    MISSING, PRESENT, FOREIGN
  }

  static AttachFacts read(TargetProcess process) {
    ProcessFolder folder = process.folder();
    String status = folder.text("status").orElse("");
    Optional<Credentials> target = Credentials.parse(status);
    boolean mayAsk = target.isPresent() && Credentials.own().map(own -> own.mayAsk(target.get())).orElse(false);
    OptionalLong otherUser = mayAsk || target.isEmpty() ? OptionalLong.empty() : OptionalLong.of(target.get().user());
    return new AttachFacts(folder.isLive(), folder.identity(),
        MappedNames.anyEndsWith(folder, "/libjvm.so"),
        (StatusLines.mask(status, "SigCgt:") & QUIT_BIT) != 0, quitPending(status),
        Hsperfdata.read(folder).attachPermission(),
        mayAsk ? socketState(process) : SocketState.MISSING, otherUser);
  }

  /** Whether a SIGQUIT waits to be delivered. */
  static boolean quitPending(String status) {
    return ((StatusLines.mask(status, "SigPnd:") | StatusLines.mask(status, "ShdPnd:")) & QUIT_BIT) != 0;
  }

  private static SocketState socketState(TargetProcess process) {
    try (AttachFiles files = AttachFiles.of(process)) {
      return files.socketState();
    } catch (AttachRefused saidLater) {
      return SocketState.MISSING;
    }
  }
}
