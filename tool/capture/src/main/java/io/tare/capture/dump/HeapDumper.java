package io.tare.capture.dump;

import io.tare.capture.attach.AttachRefused;
import io.tare.capture.attach.Attachment;
import io.tare.capture.attach.Credentials;
import io.tare.capture.attach.HotSpotSocket;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.StatusLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/** Orders a JVM to dump its heap, by its own attach command {@code dumpheap}. */
public final class HeapDumper {
  private static final Duration LISTEN_TIME = Duration.ofSeconds(3);
  private static final Duration LONGEST_DUMP = Duration.ofHours(2);
  private static final long LOOK_MILLIS = 200;
  private static final int LONGEST_REASON = 300;
  /** How HotSpot says that all went well; its result code is 0 either way. */
  private static final String DONE = "Heap dump file created";

  private final ProcessFolder process;
  private final long startTicks;

  /** @param startTicks who is meant: the start time under which the process was found */
  public HeapDumper(ProcessFolder process, long startTicks) {
    this.process = process;
    this.startTicks = startTicks;
  }

  /** Throws why the process can't be asked for a dump, if so; touches nothing. */
  public void check() throws AttachRefused {
    Attachment.check(process, startTicks);
  }

  /**
   * Has the dump written into the folder.
   *
   * @param progress told how many bytes there are, some times a second
   */
  public DumpTaken take(DumpFolder folder, DumpRequest request, LongConsumer progress)
      throws AttachRefused, DumpRefused {
    long residentBefore = residentBytes();
    HotSpotSocket socket = Attachment.open(process, startTicks, LISTEN_TIME);
    long began = System.nanoTime();
    CompletableFuture<HotSpotSocket.Answer> answer = order(socket, request.arguments(folder.fileForTarget()));
    String text = await(answer, folder, progress);
    long millis = (System.nanoTime() - began) / 1_000_000;
    if (!text.contains(DONE)) {
      throw new DumpRefused("the JVM could not write the dump: " + reason(text));
    }
    return new DumpTaken(folder.file(), closed(folder), millis, residentBytes() - residentBefore);
  }

  private static CompletableFuture<HotSpotSocket.Answer> order(HotSpotSocket socket, List<String> arguments) {
    CompletableFuture<HotSpotSocket.Answer> answer = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("heap-dump-answer").start(() -> {
      try {
        answer.complete(socket.order("dumpheap", arguments, LONGEST_DUMP));
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

  /** Makes sure that nobody else can read or exchange the file; returns its length. */
  private static long closed(DumpFolder folder) throws DumpRefused {
    Path file = folder.file();
    try {
      folder.takeBack();
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new DumpRefused("what the process left in place of its dump is no file");
      }
      if (Credentials.own().map(Credentials::isRoot).orElse(false)) {
        Files.setAttribute(file, "unix:uid", 0, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", 0, LinkOption.NOFOLLOW_LINKS);
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return Files.size(file);
    } catch (IOException gone) {
      throw new DumpRefused("the JVM says that it wrote the dump, but it cannot be read: " + gone.getMessage(), gone);
    }
  }

  private long residentBytes() {
    return process.text("status").flatMap(status -> StatusLines.word(status, "VmRSS:", 0)).map(Long::parseLong)
        .orElse(0L) << 10;
  }
}
