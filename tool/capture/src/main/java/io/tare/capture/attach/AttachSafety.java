package io.tare.capture.attach;

import io.tare.capture.attach.AttachRefused.Reason;
import io.tare.capture.attach.AttachSafety.AttachFacts.SocketState;
import io.tare.capture.attach.TargetProcess.Credentials;
import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.Hsperfdata;
import io.tare.capture.proc.Hsperfdata.AttachPermission;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.capture.proc.StatusLines;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides whether a process may be asked, and how. The rule: a socket that exists is connected to, which needs no signal. Else
 * SIGQUIT is sent only to a process that has libjvm.so mapped, catches SIGQUIT, runs, says that attaching is allowed, and is
 * still the one that was meant. Anything else would die of the signal, hang, or print a thread dump.
 */
final class AttachSafety {
  static final String FOREIGN_SOCKET = "what stands at the place of the JVM's socket is not a socket of the JVM's own user;"
      + " remove it and ask again";

  private AttachSafety() {}

  /** How the process may be reached. */
  enum Way {
    CONNECT, SIGNAL
  }

  static Way decide(long startTicks, AttachFacts facts) throws AttachRefused {
    mustBeTheSame(startTicks, facts);
    mustBeAbleToAnswer(facts);
    if (facts.socket() == SocketState.PRESENT) {
      return Way.CONNECT;
    }
    mustSurviveTheSignal(facts);
    return Way.SIGNAL;
  }

  private static void mustBeTheSame(long startTicks, AttachFacts facts) throws AttachRefused {
    if (!facts.live()) {
      throw new AttachRefused(Reason.NOT_LIVE, "only a running process can be asked, and this is a captured tree");
    }
    ProcessIdentity now = facts.identity()
        .orElseThrow(() -> new AttachRefused(Reason.GONE, "the process has ended, so it cannot be asked"));
    if (now.startTicks() != startTicks) {
      throw new AttachRefused(Reason.GONE,
          "the process has ended and its pid belongs to another one now, which is left alone");
    }
  }

  private static void mustBeAbleToAnswer(AttachFacts facts) throws AttachRefused {
    ProcessIdentity now = facts.identity().orElseThrow();
    if (now.isZombie()) {
      throw new AttachRefused(Reason.ZOMBIE, "the process has ended and only waits to be collected by its parent");
    }
    if (now.isStopped()) {
      throw new AttachRefused(Reason.STOPPED,
          "the process is stopped, so it cannot answer; let it continue (SIGCONT, or"
              + " leave the debugger) and ask again");
    }
    if (facts.otherUser().isPresent()) {
      throw new AttachRefused(Reason.OTHER_USER,
          "the process belongs to another user, and a JVM answers only its own user and root; "
              + TargetProcess.sameCommandAs(facts.otherUser().getAsLong()));
    }
    if (!facts.libjvmMapped()) {
      throw new AttachRefused(Reason.NOT_HOTSPOT,
          "no libjvm.so is mapped, so this is not a HotSpot JVM (or not yet) and a signal could end it");
    }
    if (facts.socket() == SocketState.FOREIGN) {
      throw new AttachRefused(Reason.FOREIGN_SOCKET, FOREIGN_SOCKET);
    }
  }

  private static void mustSurviveTheSignal(AttachFacts facts) throws AttachRefused {
    if (!facts.catchesQuit()) {
      throw new AttachRefused(Reason.SIGNAL_NOT_CAUGHT,
          "the JVM does not catch SIGQUIT (it is still starting, or runs with"
              + " -Xrs), so asking it to listen would end it; ask again later, or start it with -XX:+StartAttachListener");
    }
    AttachPermission permission = facts.permission()
        .orElseThrow(() -> new AttachRefused(Reason.UNKNOWN_IF_ALLOWED,
            "the JVM's performance data (hsperfdata) cannot be"
                + " read, so nothing tells whether attaching is disabled; start it with -XX:+StartAttachListener, or without"
                + " -XX:-UsePerfData"));
    if (permission == AttachPermission.STARTING) {
      throw new AttachRefused(Reason.STARTING, "the JVM is still starting; ask again in a moment");
    }
    if (permission == AttachPermission.FORBIDDEN) {
      throw new AttachRefused(Reason.DISABLED,
          "the JVM runs with -XX:+DisableAttachMechanism and would only print a thread dump; start it without");
    }
  }

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
    private static final long MOST_MAPS_BYTES = 64 << 20;

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
          isMapped(folder, "/libjvm.so"),
          (StatusLines.mask(status, "SigCgt:") & QUIT_BIT) != 0, quitPending(status),
          Hsperfdata.read(folder).attachPermission(),
          mayAsk ? socketState(process) : SocketState.MISSING, otherUser);
    }

    /** Whether a file of that name's end is mapped, as maps tells cheaper than smaps; a file that was replaced since counts too. */
    private static boolean isMapped(ProcessFolder folder, String end) {
      FileRead maps = FileRead.of(folder.file("maps"), MOST_MAPS_BYTES);
      return maps.hasContent()
          && maps.text().lines().anyMatch(line -> line.endsWith(end) || line.endsWith(end + " (deleted)"));
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
}
