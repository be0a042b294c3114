package io.tare.capture.attach;

import io.tare.capture.attach.AttachRefused.Reason;
import io.tare.capture.kernel.ProcessHold;
import io.tare.capture.proc.ProcessFolder;
import java.io.IOException;
import java.time.Duration;

/** Makes a JVM listen on its socket, if that is safe, and gives the way to it. */
public final class Attachment {
  private static final long POLL_MILLIS = 5;

  private final ProcessFolder folder;
  private final long startTicks;
  private final Duration wait;

  private Attachment(ProcessFolder folder, long startTicks, Duration wait) {
    this.folder = folder;
    this.startTicks = startTicks;
    this.wait = wait;
  }

  /**
   * Returns the JVM's socket once it listens.
   *
   * @param startTicks who is meant: the start time under which the process was found
   * @param wait how long the JVM may take to open its socket
   */
  public static HotSpotSocket open(ProcessFolder folder, long startTicks, Duration wait) throws AttachRefused {
    return new Attachment(folder, startTicks, wait).open();
  }

  /** Throws why the JVM may not be asked, if so; touches nothing. */
  public static void check(ProcessFolder folder, long startTicks) throws AttachRefused {
    AttachSafety.decide(startTicks, AttachFacts.read(folder));
  }

  private HotSpotSocket open() throws AttachRefused {
    AttachSafety.Way way = AttachSafety.decide(startTicks, AttachFacts.read(folder));
    String status = folder.text("status").orElse("");
    AttachFiles files = AttachFiles.of(folder, status);
    if (way == AttachSafety.Way.SIGNAL) {
      Credentials owner = Credentials.parse(status)
          .orElseThrow(() -> new AttachRefused(Reason.GONE, "the process has ended, so it cannot be asked"));
      wakeListener(files, owner);
    }
    return new HotSpotSocket(files.socket(), this::canAnswer);
  }

  private void wakeListener(AttachFiles files, Credentials owner) throws AttachRefused {
    try (TriggerFile trigger = TriggerFile.in(files)) {
      boolean ours = trigger.create(owner);
      if (ours) {
        signal(trigger);
      }
      awaitSocket(files, trigger, ours);
    } catch (IOException refused) {
      throw new AttachRefused(Reason.NO_PLACE_FOR_FILE,
          "the file that tells the JVM to listen cannot be created in its /tmp; make that folder writable");
    }
  }

  /** Looks again at everything right before the signal; through the hold it can reach no other process. */
  private void signal(TriggerFile trigger) throws AttachRefused {
    try (ProcessHold hold = ProcessHold.open(folder.pid())) {
      AttachSafety.Way way = AttachSafety.decide(startTicks, AttachFacts.read(folder));
      if (way == AttachSafety.Way.SIGNAL) {
        hold.signal(ProcessHold.SIGQUIT);
      }
    } catch (IOException refused) {
      discard(trigger);
      throw new AttachRefused(Reason.GONE, "the process cannot be signalled: " + refused.getMessage());
    } catch (AttachRefused changed) {
      discard(trigger);
      throw changed;
    }
  }

  private void awaitSocket(AttachFiles files, TriggerFile trigger, boolean ours) throws AttachRefused {
    long deadline = System.nanoTime() + wait.toNanos();
    while (!files.socketExists()) {
      if (hasEnded()) {
        trigger.delete();
        throw new AttachRefused(Reason.GONE, "the process ended before it could answer");
      }
      if (System.nanoTime() > deadline) {
        // The file stays: without it a SIGQUIT that is still to be handled would print a thread dump.
        throw new AttachRefused(Reason.NO_ANSWER, "the JVM did not open its socket within " + wait.toMillis()
            + " ms; it may be busy, stopped or stuck, or another tool is attaching to it");
      }
      pause();
    }
    if (ours) {
      discard(trigger);
    }
  }

  private boolean canAnswer() {
    return folder.identity()
        .map(now -> !now.isZombie() && !now.isStopped() && now.startTicks() == startTicks).orElse(false);
  }

  private boolean hasEnded() {
    return folder.identity().map(now -> now.isZombie() || now.startTicks() != startTicks).orElse(true);
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
  private void discard(TriggerFile trigger) {
    if (!AttachFacts.read(folder).quitPending()) {
      trigger.delete();
    }
  }
}
