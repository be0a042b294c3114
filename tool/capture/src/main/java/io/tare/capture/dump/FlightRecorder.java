package io.tare.capture.dump;

import io.tare.capture.attach.AttachRefused;
import io.tare.capture.attach.Attachment;
import io.tare.capture.attach.HotSpotSocket;
import io.tare.capture.attach.TargetProcess;
import io.tare.capture.proc.StatusLines;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has a JVM record for a while who allocates what, by its own flight recorder. */
public final class FlightRecorder {
  private static final HotSpotSocket.Limits LIMITS = new HotSpotSocket.Limits(Duration.ofMinutes(2), 1 << 16);
  private static final String NAME = "tare";
  /** So much later it ends by itself, should Tare be killed before it could end it. */
  private static final Duration AT_LATEST = Duration.ofMinutes(1);
  private static final int LONGEST_REASON = 300;

  private FlightRecorder() {}

  /**
   * What was recorded, and what that did to the process.
   *
   * @param startMillis until the recorder ran: the first time it loads its classes
   * @param grownBytes of the process's RSS, from before to after
   */
  public record Flight(long fileBytes, long startMillis, long grownBytes) {}

  /** Records for so long; {@code folder.file()} leads to it then. */
  public static Flight take(TargetProcess process, DumpFolder folder, Duration time)
      throws AttachRefused, DumpRefused {
    long residentBefore = residentBytes(process);
    try (HotSpotSocket socket = Attachment.open(process)) {
      AtomicBoolean runs = new AtomicBoolean();
      Thread onExit = new Thread(() -> stop(socket, runs), "stop-flight-recording");
      Runtime.getRuntime().addShutdownHook(onExit);
      try {
        long began = System.nanoTime();
        // Where it ends is said now: a recording of a limited time without a file's name would be written where the process stands.
        order(socket, "JFR.start name=" + NAME + " settings=profile duration=" + time.plus(AT_LATEST).toSeconds()
            + "s filename=\"" + folder.fileForTarget() + "\"", "Started recording");
        runs.set(true);
        long startMillis = (System.nanoTime() - began) / 1_000_000;
        Thread.sleep(time);
        runs.set(false);
        order(socket, "JFR.stop name=" + NAME, "Stopped recording");
        return new Flight(folder.take(), startMillis, residentBytes(process) - residentBefore);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new DumpRefused("interrupted while the process records", interrupted);
      } finally {
        stop(socket, runs);
        forget(onExit);
      }
    }
  }

  private static void order(HotSpotSocket socket, String command, String success) throws DumpRefused {
    try {
      String said = socket.ask(command, LIMITS).text();
      if (said.contains("Unknown diagnostic command")) {
        throw new DumpRefused("this JVM has no flight recorder that can be asked: JDK 11 and later have one");
      }
      if (!said.contains(success)) {
        String reason = said.strip().replaceAll("\\s+", " ");
        throw new DumpRefused("the JVM refused to record: "
            + (reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason));
      }
    } catch (IOException failure) {
      throw new DumpRefused("the JVM did not answer: " + failure.getMessage(), failure);
    }
  }

  private static void stop(HotSpotSocket socket, AtomicBoolean runs) {
    if (runs.getAndSet(false)) {
      try {
        socket.ask("JFR.stop name=" + NAME, LIMITS);
      } catch (IOException ended) {
        // The process has ended, or the recording ends by itself in a minute.
        return;
      }
    }
  }

  private static void forget(Thread onExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException ending) {
      // The hook is running, or has run.
      return;
    }
  }

  private static long residentBytes(TargetProcess process) {
    return process.folder().text("status").flatMap(status -> StatusLines.word(status, "VmRSS:", 0)).map(Long::parseLong)
        .orElse(0L) << 10;
  }
}
