package io.tare.capture.attach;

import io.tare.capture.proc.ProcessFolder;
import java.io.IOException;
import java.time.Duration;

/** Tells a running JVM to do what a person decided on: a collection, a trim, another value of a flag. */
public final class Orders {
  private static final Duration LONGEST_ORDER = Duration.ofMinutes(5);
  private static final int LONGEST_ANSWER = 1 << 16;

  private Orders() {}

  /** Throws why the process can't be told anything, if so; touches nothing. */
  public static void check(long pid) throws AttachRefused, IOException {
    Attachment.check(target(pid));
  }

  /**
   * Gives an order and waits until it has been carried out.
   *
   * @param order a diagnostic command with its arguments, as jcmd takes it
   * @throws IOException if the JVM does not answer, or refuses: then with its own words
   */
  public static void give(long pid, String order) throws AttachRefused, IOException {
    try (HotSpotSocket socket = Attachment.open(target(pid))) {
      HotSpotSocket.Answer answer = socket.ask(order, new HotSpotSocket.Limits(LONGEST_ORDER, LONGEST_ANSWER));
      if (!answer.isSuccess() || answer.text().contains("Unknown diagnostic command")) {
        throw new IOException("the JVM refused: " + answer.text().lines().findFirst().orElse("it gave no reason"));
      }
    }
  }

  private static TargetProcess target(long pid) throws IOException {
    ProcessFolder folder = new ProcessFolder(ProcessFolder.LIVE_ROOT, pid);
    return new TargetProcess(folder,
        folder.identity().orElseThrow(() -> new IOException("process " + pid + " has ended")).startTicks());
  }
}
