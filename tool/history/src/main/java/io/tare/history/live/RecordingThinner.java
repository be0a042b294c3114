package io.tare.history.live;

import io.tare.formats.NotThisFormat;
import io.tare.history.recording.Entry;
import io.tare.history.recording.EntryVisitor;
import io.tare.history.recording.EntryWriter;
import io.tare.history.recording.FileHead;
import io.tare.history.recording.Thinning;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/** Makes a recording smaller: writes a coarser one beside it and puts it in its place, so that there is a whole one at any moment. */
final class RecordingThinner {
  private static final int FLUSH_BYTES = 256 << 10;

  private RecordingThinner() {}

  /** What was done, in words. */
  record Result(String words) {}

  static Result thin(Path file, long wantedBytes) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      for (Thinning.Step step : Thinning.STEPS) {
        if (write(file, part, step) <= wantedBytes || step.equals(Thinning.STEPS.getLast())) {
          Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          return new Result("one reading in " + step.stretchMillis() / 1000 + " s where older than "
              + step.olderThanMillis() / 60_000 + " min");
        }
      }
      throw new IllegalStateException("there is always a last step");
    } catch (NotThisFormat foreign) {
      throw new IOException(foreign.getMessage(), foreign);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static long write(Path from, Path to, Thinning.Step step) throws IOException, NotThisFormat {
    Files.deleteIfExists(to);
    Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    long newest = newestMillis(from);
    try (FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
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
  }

  private static long newestMillis(Path file) throws IOException, NotThisFormat {
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
