package io.tare.capture.attach;

import io.tare.capture.attach.AttachRefused.Reason;
import io.tare.capture.attach.AttachSafety.AttachFacts;
import io.tare.capture.attach.AttachSafety.AttachFacts.SocketState;
import io.tare.capture.kernel.ProcessHold;
import java.io.IOException;
import java.time.Duration;

/** Makes a JVM listen on its socket, if that is safe, and gives the way to it. */
public final class Attachment {
  /** How long a JVM may take to open its socket: on a busy machine seconds. */
  private static final Duration LISTEN_TIME = Duration.ofSeconds(6);
  private static final long POLL_MILLIS = 5;

  private final TargetProcess target;

  private Attachment(TargetProcess target) {
    this.target = target;
  }

  /** Returns the JVM's socket once it listens. */
  public static HotSpotSocket open(TargetProcess target) throws AttachRefused {
    return new Attachment(target).open();
  }

  /** Throws why the JVM may not be asked, if so; touches nothing. */
  public static void check(TargetProcess target) throws AttachRefused {
    decide(target);
    AttachFiles.of(target).close();
  }

  private static AttachSafety.Way decide(TargetProcess target) throws AttachRefused {
    return AttachSafety.decide(target.startTicks(), AttachFacts.read(target));
  }

  private HotSpotSocket open() throws AttachRefused {
    AttachSafety.Way way = decide(target);
    try (AttachFiles files = AttachFiles.of(target)) {
      if (way == AttachSafety.Way.SIGNAL) {
        wakeListener(files);
      }
      return files.socket();
    }
  }

  private void wakeListener(AttachFiles files) throws AttachRefused {
    boolean ours = files.createTrigger();
    if (ours) {
      signal(files);
    }
    awaitSocket(files, ours);
  }

  /** Looks again at everything right before the signal; through the hold it can reach no other process. */
  private void signal(AttachFiles files) throws AttachRefused {
    try (ProcessHold hold = ProcessHold.open(target.folder().pid())) {
      if (decide(target) == AttachSafety.Way.SIGNAL) {
        hold.signal(ProcessHold.SIGQUIT);
      }
    } catch (IOException refused) {
      discard(files);
      throw new AttachRefused(Reason.GONE, "the process cannot be signalled: " + refused.getMessage());
    } catch (AttachRefused changed) {
      discard(files);
      throw changed;
    }
  }

  private void awaitSocket(AttachFiles files, boolean ours) throws AttachRefused {
    long deadline = System.nanoTime() + LISTEN_TIME.toNanos();
    while (files.socketState() == SocketState.MISSING) {
      if (!target.isStill()) {
        files.deleteTrigger();
        throw new AttachRefused(Reason.GONE, "the process ended before it could answer");
      }
      if (System.nanoTime() > deadline) {
        // The file stays: without it a SIGQUIT that is still to be handled would print a thread dump.
        throw new AttachRefused(Reason.NO_ANSWER, "the JVM did not open its socket within " + LISTEN_TIME.toMillis()
            + " ms; it may be busy, stopped or stuck, or another tool is attaching to it");
      }
      pause();
    }
    if (ours) {
      discard(files);
    }
  }

  private static void pause() throws AttachRefused {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AttachRefused(Reason.NO_ANSWER, "the wait for the JVM was interrupted");
    }
  }

  /** Removes the trigger file, unless a SIGQUIT is pending: that one would print a thread dump then. */
  private void discard(AttachFiles files) {
    if (!AttachFacts.quitPending(target.folder().text("status").orElse(""))) {
      files.deleteTrigger();
    }
  }
}
