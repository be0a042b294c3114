package io.tare.capture.dump;

import io.tare.capture.attach.AttachRefused;
import io.tare.capture.attach.Attachment;
import io.tare.capture.attach.HotSpotSocket;
import io.tare.capture.attach.TargetProcess;
import io.tare.capture.proc.StatusLines;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/** Orders a JVM to dump its heap, by its own attach command {@code dumpheap}. */
public final class HeapDumper {
  private static final Duration LONGEST_DUMP = Duration.ofHours(2);
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final long LOOK_MILLIS = 200;
  private static final int LONGEST_REASON = 300;
  /** How HotSpot says that all went well; its result code is 0 either way. */
  private static final String DONE = "Heap dump file created";

  private final TargetProcess process;

  public HeapDumper(TargetProcess process) {
    this.process = process;
  }

  /** Throws why the process can't be asked for a dump, if so; touches nothing. */
  public void check() throws AttachRefused {
    Attachment.check(process);
  }

  /**
   * Has the dump written into the folder.
   *
   * @param progress told how many bytes there are, some times a second
   */
  public DumpTaken take(DumpFolder folder, DumpRequest request, LongConsumer progress)
      throws AttachRefused, DumpRefused {
    long residentBefore = residentBytes();
    HotSpotSocket socket = Attachment.open(process);
    long began = System.nanoTime();
    CompletableFuture<HotSpotSocket.Answer> answer = order(socket, request.arguments(folder.fileForTarget()));
    String text = await(answer, folder, progress);
    long millis = (System.nanoTime() - began) / 1_000_000;
    if (!text.contains(DONE)) {
      throw new DumpRefused("the JVM could not write the dump: " + reason(text));
    }
    return new DumpTaken(folder.take(), millis, residentBytes() - residentBefore);
  }

  private static CompletableFuture<HotSpotSocket.Answer> order(HotSpotSocket socket, List<String> arguments) {
    CompletableFuture<HotSpotSocket.Answer> answer = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("heap-dump-answer").start(() -> {
      try (socket) {
        answer.complete(socket.order("dumpheap", arguments, new HotSpotSocket.Limits(LONGEST_DUMP, LONGEST_ANSWER)));
      } catch (IOException failure) {
        answer.completeExceptionally(failure);
      }
    });
    return answer;
  }

  private static String await(CompletableFuture<HotSpotSocket.Answer> answer, DumpFolder folder,
      LongConsumer progress) throws DumpRefused {
    while (true) {
      try {
        return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS).text();
      } catch (TimeoutException atWork) {
        progress.accept(folder.bytes());
      } catch (ExecutionException failure) {
        String why = failure.getCause() == null ? "" : String.valueOf(failure.getCause().getMessage());
        throw new DumpRefused("the process did not finish its dump: it ended or was stopped (" + why + ")", failure);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new DumpRefused("interrupted while the process writes its dump", interrupted);
      }
    }
  }

  private static String reason(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank() && !line.startsWith("Dumping heap to")).toList();
    String reason = lines.isEmpty() ? "it gave no reason" : lines.getLast().strip();
    return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
  }

  private long residentBytes() {
    return process.folder().text("status").flatMap(status -> StatusLines.word(status, "VmRSS:", 0)).map(Long::parseLong)
        .orElse(0L) << 10;
  }
}
