package io.tare.fleet.agent;

import io.tare.capture.door.OwnFile;
import io.tare.formats.NotThisFormat;
import io.tare.history.live.EntrySink;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Entry;
import io.tare.history.recording.Entry.EntryVisitor;
import io.tare.history.recording.EntryWriter;
import io.tare.history.recording.FrameScan.FileHead;
import io.tare.model.history.RecordedProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A recording of one process that is being written in the spool. The file is open only while something is written to it, for there are
 * hundreds. What can't be written is counted, and said in the file once writing works again.
 */
final class Segment implements EntrySink {
  private static final int WRITE_AT_BYTES = 4 << 10;
  /** What one process may hold back while nothing can be written. */
  private static final int MOST_WAITING_BYTES = 32 << 10;

  private final Path path;
  private final EntryWriter writer = new EntryWriter();
  private long size;
  private long lastMillis;
  private long waiting;
  private int writeAt = WRITE_AT_BYTES;
  private long lost;
  private long newlyLost;
  private Optional<String> failure = Optional.empty();

  private Segment(Path path, long size) {
    this.path = path;
    this.size = size;
  }

  static Segment create(Path path) {
    return new Segment(path, 0);
  }

  /** Goes on with a file that was looked at: what is torn at its end is cut off at the next writing. */
  static Segment goOn(Left left) {
    return new Segment(left.path(), left.soundBytes());
  }

  @Override
  public void accept(Entry entry) {
    writer.add(entry);
    waiting++;
    lastMillis = Math.max(lastMillis, entry.epochMillis());
    if (writer.size() >= writeAt) {
      flush();
    }
  }

  /** Writes what waits. When that fails it waits on, as long as it is not too much; {@link #failure} says why. */
  @Override
  public void flush() {
    if (writer.size() == 0) {
      return;
    }
    try (FileChannel file = size == 0 && !Files.exists(path)
        ? OwnFile.create(path)
        : FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      write(file);
      failure = Optional.empty();
      writer.clear();
      waiting = 0;
      writeAt = WRITE_AT_BYTES;
      if (lost > 0) {
        accept(new Entry.Noted(lastMillis, "the spool could not be written: " + lost + " records are missing"));
        lost = 0;
      }
    } catch (IOException full) {
      failure = Optional.of(String.valueOf(full.getMessage()));
      writeAt = writer.size() + WRITE_AT_BYTES;
      if (writer.size() >= MOST_WAITING_BYTES) {
        giveUp();
      }
    }
  }

  private void giveUp() {
    lost += waiting;
    newlyLost += waiting;
    writer.clear();
    waiting = 0;
    writeAt = WRITE_AT_BYTES;
  }

  /** Writes all there is, for the last time: what can't be written is lost, and counted. */
  void finish() {
    flush();
    flush();
    if (waiting > 0) {
      giveUp();
    }
  }

  private void write(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(writer.size() + FileHead.BYTES);
    if (size == 0) {
      bytes.put(FileHead.bytes());
    }
    bytes.put(writer.bytes(), 0, writer.size()).flip();
    file.truncate(size);
    long at = size;
    try {
      while (bytes.hasRemaining()) {
        at += file.write(bytes, at);
      }
      size = at;
    } catch (IOException full) {
      file.truncate(size);
      throw full;
    }
  }

  Path path() {
    return path;
  }

  /** What is in the file. */
  long size() {
    return size;
  }

  /** How many more could not be written since this was asked last. */
  long takeNewlyLost() {
    long more = newlyLost;
    newlyLost = 0;
    return more;
  }

  /** Why the last writing failed; empty when it did not. */
  Optional<String> failure() {
    return failure;
  }

  /**
   * A segment that an earlier agent has left open.
   *
   * @param process empty when not even that was written
   * @param lastMillis the time of its last record
   */
  record Left(Path path, long soundBytes, Optional<RecordedProcess> process, long lastMillis, boolean hasEnded,
      boolean isClosed) {
    static Left look(Path path) throws IOException, NotThisFormat {
      Looker looker = new Looker();
      RecordingFiles.Walk walk = RecordingFiles.walk(path, looker);
      return new Left(path, walk.soundBytes(), looker.process, looker.lastMillis, looker.hasEnded, looker.isClosed);
    }
  }

  private static final class Looker implements EntryVisitor {
    private Optional<RecordedProcess> process = Optional.empty();
    private long lastMillis;
    private boolean hasEnded;
    private boolean isClosed;

    @Override
    public void sample(int target, long epochMillis, long[] values) {
      lastMillis = Math.max(lastMillis, epochMillis);
    }

    @Override
    public void entry(Entry entry) {
      lastMillis = Math.max(lastMillis, entry.epochMillis());
      isClosed = entry instanceof Entry.Closed;
      if (entry instanceof Entry.Target target) {
        process = Optional.of(target.process());
      }
      hasEnded |= entry instanceof Entry.Ended;
    }
  }
}
