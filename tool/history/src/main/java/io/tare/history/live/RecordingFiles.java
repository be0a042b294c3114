package io.tare.history.live;

import io.tare.formats.NotThisFormat;
import io.tare.history.recording.Entry;
import io.tare.history.recording.Entry.EntryVisitor;
import io.tare.history.recording.EntryReader;
import io.tare.history.recording.FrameScan;
import io.tare.history.recording.FrameScan.FileHead;
import io.tare.history.recording.Recording;
import io.tare.history.recording.Recording.RecordingBuilder;
import io.tare.model.Problem;
import io.tare.model.history.RecordedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads recording files, a window at a time: a file of any size takes little memory. */
public final class RecordingFiles {
  private static final int WINDOW_BYTES = 2 * FrameScan.LONGEST_CONTENT + (64 << 10);

  private RecordingFiles() {}

  /**
   * What a walk through a file found out.
   *
   * @param soundBytes where the last sound record ends: what follows is torn
   * @param lostBytes what could not be read, the torn end included
   */
  public record Walk(long soundBytes, long lostBytes, long nonsense) {}

  public static Recording open(Path file) throws IOException, NotThisFormat {
    return open(file, new RecordingBuilder());
  }

  /** Reads what the file says of one process; of another one of the same number, too. */
  public static Recording open(Path file, long pid) throws IOException, NotThisFormat {
    return open(file, new RecordingBuilder(one -> one == pid));
  }

  private static Recording open(Path file, RecordingBuilder builder) throws IOException, NotThisFormat {
    Walk walk = walk(file, builder);
    long size = Files.size(file);
    List<Problem> problems = new ArrayList<>();
    long torn = Math.max(0, size - walk.soundBytes());
    if (torn > 0) {
      problems.add(new Problem("recording", "offset " + walk.soundBytes(),
          "the last " + torn
              + " bytes are torn: the recorder was stopped while it wrote; nothing before them is lost"));
    }
    if (walk.lostBytes() > torn) {
      problems.add(new Problem("recording", "", walk.lostBytes() - torn + " bytes in the middle are damaged"));
    }
    if (walk.nonsense() > 0) {
      problems.add(new Problem("recording", "", walk.nonsense() + " records make no sense and are left out"));
    }
    return builder.build(problems);
  }

  /** Who is recorded in a file and has not ended yet, by number; and the highest number in use. */
  public record Known(Map<Integer, RecordedProcess> running, int highest) {
    public Known {
      running = Map.copyOf(running);
    }
  }

  public static Known known(Path file) throws IOException, NotThisFormat {
    Map<Integer, RecordedProcess> running = new HashMap<>();
    int[] highest = {0};
    walk(file, new EntryVisitor() {
      @Override
      public void sample(int target, long epochMillis, long[] values) {
        highest[0] = Math.max(highest[0], target);
      }

      @Override
      public void entry(Entry entry) {
        switch (entry) {
          case Entry.Target target -> running.put(target.target(), target.process());
          case Entry.Ended ended -> running.remove(ended.target());
          default -> highest[0] = Math.max(highest[0], entry.target());
        }
      }
    });
    return new Known(running, highest[0]);
  }

  /** Tells the visitor of every record. */
  public static Walk walk(Path file, EntryVisitor visitor) throws IOException, NotThisFormat {
    try (InputStream in = Files.newInputStream(file)) {
      return whole(in, visitor);
    }
  }

  /** Tells the visitor of every record of a file that is open; its position is moved. */
  static Walk walk(FileChannel file, EntryVisitor visitor) throws IOException, NotThisFormat {
    return whole(Channels.newInputStream(file.position(0)), visitor);
  }

  private static Walk whole(InputStream in, EntryVisitor visitor) throws IOException, NotThisFormat {
    byte[] head = in.readNBytes(FileHead.BYTES);
    FileHead.check(head, head.length);
    return walk(in, visitor);
  }

  private static Walk walk(InputStream in, EntryVisitor visitor) throws IOException {
    byte[] window = new byte[64 << 10];
    FrameScan scan = new FrameScan();
    EntryReader reader = new EntryReader();
    long windowStart = FileHead.BYTES;
    long soundBytes = FileHead.BYTES;
    long nonsense = 0;
    int held = 0;
    boolean isLast = false;
    while (!isLast) {
      if (held == window.length && window.length < WINDOW_BYTES) {
        window = Arrays.copyOf(window, Math.min(WINDOW_BYTES, window.length * 4));
      }
      int read = in.readNBytes(window, held, window.length - held);
      isLast = held + read < window.length;
      held += read;
      scan.over(window, 0, held);
      while (scan.advance(isLast)) {
        nonsense += reader.read(scan, visitor) ? 0 : 1;
        soundBytes = windowStart + scan.frameEnd();
      }
      int left = held - scan.position();
      System.arraycopy(window, scan.position(), window, 0, left);
      windowStart += scan.position();
      held = left;
    }
    return new Walk(soundBytes, scan.lostBytes() + (long) held, nonsense);
  }

  /** Listens to nothing: for walks that only look where a file is sound. */
  static final class NoVisitor implements EntryVisitor {
    @Override
    public void sample(int target, long epochMillis, long[] values) {}

    @Override
    public void entry(Entry entry) {}
  }
}
