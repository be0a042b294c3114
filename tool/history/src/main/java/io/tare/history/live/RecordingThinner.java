package io.tare.history.live;

import io.tare.capture.door.NewFile;
import io.tare.formats.NotThisFormat;
import io.tare.history.recording.Entry;
import io.tare.history.recording.Entry.EntryVisitor;
import io.tare.history.recording.EntryWriter;
import io.tare.history.recording.FrameScan.FileHead;
import io.tare.history.recording.Thinning;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Makes a recording smaller: writes a coarser one beside it and puts it in its place, so that there is a whole one at any moment. */
final class RecordingThinner {
  private static final int FLUSH_BYTES = 256 << 10;

  private RecordingThinner() {}

  /**
   * What was done.
   *
   * @param channel of the file that is in the recording's place now
   */
  record Result(String words, FileChannel channel) {}

  /** @param recording what is recorded so far: what stands under the file's name is not asked */
  static Result thin(Path file, FileChannel recording, long wantedBytes) throws IOException {
    try {
      for (Thinning.Step step : Thinning.STEPS) {
        try (NewFile coarser = NewFile.beside(file, NewFile.Readers.OWNER)) {
          boolean fits = write(recording, coarser.channel(), step) <= wantedBytes;
          if (fits || step.equals(Thinning.STEPS.getLast())) {
            coarser.putInPlace();
            return new Result("one reading in " + step.stretchMillis() / 1000 + " s where older than "
                + step.olderThanMillis() / 60_000 + " min", coarser.channel());
          }
        }
      }
      throw new IllegalStateException("there is always a last step");
    } catch (NotThisFormat foreign) {
      throw new IOException(foreign.getMessage(), foreign);
    }
  }

  private static long write(FileChannel from, FileChannel out, Thinning.Step step) throws IOException, NotThisFormat {
    long newest = newestMillis(from);
    out.write(ByteBuffer.wrap(FileHead.bytes()));
    Deque<Entry> kept = new ArrayDeque<>();
    Thinning thinning = new Thinning(step, newest, kept);
    Writer writer = new Writer(out, kept);
    RecordingFiles.walk(from, (EntryVisitor.OfEntries) entry -> {
      thinning.entry(entry);
      writer.takeOver();
    });
    thinning.finish();
    writer.finish();
    out.force(false);
    return out.size();
  }

  private static long newestMillis(FileChannel file) throws IOException, NotThisFormat {
    long[] newest = {0};
    RecordingFiles.walk(file, new EntryVisitor() {
      @Override
      public void sample(int target, long epochMillis, long[] values) {
        newest[0] = Math.max(newest[0], epochMillis);
      }

      @Override
      public void entry(Entry entry) {
        newest[0] = Math.max(newest[0], entry.epochMillis());
      }
    });
    return newest[0];
  }

  /** Writes what was kept; a failure is held back until the end, for a visitor can't throw it. */
  private static final class Writer {
    private final FileChannel out;
    private final Deque<Entry> kept;
    private final EntryWriter frames = new EntryWriter();
    private IOException failure = new IOException();
    private boolean failed;

    Writer(FileChannel out, Deque<Entry> kept) {
      this.out = out;
      this.kept = kept;
    }

    void takeOver() {
      while (!kept.isEmpty()) {
        frames.add(kept.removeFirst());
      }
      if (frames.size() >= FLUSH_BYTES) {
        write();
      }
    }

    private void write() {
      try {
        ByteBuffer waiting = ByteBuffer.wrap(frames.bytes(), 0, frames.size());
        while (!failed && waiting.hasRemaining()) {
          out.write(waiting);
        }
      } catch (IOException full) {
        failed = true;
        failure = full;
      }
      frames.clear();
    }

    void finish() throws IOException {
      takeOver();
      write();
      if (failed) {
        throw failure;
      }
    }
  }
}
