package io.tare.history.live;

import io.tare.capture.door.OwnFile;
import io.tare.formats.NotThisFormat;
import io.tare.history.live.RecordingFiles.NoVisitor;
import io.tare.history.recording.Entry;
import io.tare.history.recording.EntryWriter;
import io.tare.history.recording.FrameScan.FileHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A recording that is being written. Entries wait until {@link #flush}; then they go to the file's end in one write. When that fails (the
 * disk is full) the file is cut back to its last whole record, what could not be written is counted, and the next flush tries again.
 */
public final class RecordingFile implements EntrySink {
  private final Path path;
  private final long mostBytes;
  private final LongSupplier clock;
  private final EntryWriter writer = new EntryWriter();
  private final List<Entry.Target> targets = new ArrayList<>();
  private final List<String> news = new ArrayList<>();
  private ByteBuffer buffer = ByteBuffer.allocateDirect(4 << 10);
  private FileChannel channel;
  private Object identity;
  private long size;
  private long thinAboveBytes;
  private long waiting;
  private long lost;
  private long failingSinceMillis;
  /** Moved away, and nothing could be begun in its place. */
  private boolean homeless;

  private RecordingFile(Path path, long mostBytes, LongSupplier clock, FileChannel channel) throws IOException {
    this.path = path;
    this.mostBytes = mostBytes;
    thinAboveBytes = mostBytes;
    this.clock = clock;
    this.channel = channel;
    identity = FileIdentity.of(path);
  }

  /** Begins a recording; one of ours that is there already is gone on with, and what is torn at its end is cut off. */
  public static RecordingFile open(Path path, long mostBytes, LongSupplier clock) throws IOException, NotThisFormat {
    FileChannel channel = openOrCreate(path);
    try {
      lock(channel, path);
      RecordingFile file = new RecordingFile(path, mostBytes, clock, channel);
      file.begin(channel.size() == 0);
      return file;
    } catch (IOException | NotThisFormat failure) {
      channel.close();
      throw failure;
    }
  }

  /** Readable by its owner only: labels and names may tell something. */
  private static FileChannel openOrCreate(Path path) throws IOException {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? OwnFile.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
        : OwnFile.create(path);
  }

  private static void lock(FileChannel channel, Path path) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException(path + " is being written by another recorder");
      }
    } catch (OverlappingFileLockException ours) {
      throw new IOException(path + " is being written by this recorder already", ours);
    }
  }

  private void begin(boolean isNew) throws IOException, NotThisFormat {
    if (isNew) {
      channel.write(ByteBuffer.wrap(FileHead.bytes()), 0);
      size = FileHead.BYTES;
      return;
    }
    RecordingFiles.Walk walk = RecordingFiles.walk(channel, new NoVisitor());
    if (channel.size() > walk.soundBytes()) {
      news.add((channel.size() - walk.soundBytes()) + " torn bytes at the end of " + path + " were cut off");
      channel.truncate(walk.soundBytes());
    }
    size = walk.soundBytes();
  }

  @Override
  public void accept(Entry entry) {
    if (entry instanceof Entry.Target target) {
      targets.removeIf(old -> old.target() == target.target());
      targets.add(target);
    }
    writer.add(entry);
    waiting++;
  }

  /** Writes what waits. A failure is not thrown: it is told by {@link #news}, and the next flush goes on. */
  @Override
  public void flush() {
    if (writer.size() == 0) {
      return;
    }
    try {
      if (failingSinceMillis > 0) {
        writer.add(new Entry.Noted(clock.getAsLong(), "nothing could be written for "
            + (clock.getAsLong() - failingSinceMillis) / 1000 + " s: " + lost + " records are missing"));
      }
      append();
      if (failingSinceMillis > 0) {
        news.add("writing works again; " + lost + " records are missing");
        failingSinceMillis = 0;
        lost = 0;
      }
    } catch (IOException full) {
      failed(full);
    } finally {
      writer.clear();
      waiting = 0;
    }
    if (size > thinAboveBytes) {
      thin();
    }
  }

  private void append() throws IOException {
    if (buffer.capacity() < writer.size()) {
      buffer = ByteBuffer.allocateDirect(writer.size() * 2);
    }
    buffer.clear().put(writer.bytes(), 0, writer.size()).flip();
    long at = size;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
    size = at;
  }

  private void failed(IOException failure) {
    lost += waiting;
    if (failingSinceMillis == 0) {
      failingSinceMillis = clock.getAsLong();
      news.add("can't write to " + path + ": " + failure.getMessage() + "; what is recorded so far is safe, trying on");
    }
    try {
      channel.truncate(size);
    } catch (IOException stillTorn) {
      news.add("the end of " + path + " is torn: " + stillTorn.getMessage());
    }
  }

  private void thin() {
    try {
      RecordingThinner.Result result = RecordingThinner.thin(path, channel, mostBytes / 2);
      goOnWith(result.channel());
      news.add(
          path + " reached " + mostBytes / (1 << 10) + " KB: its older part is coarser now (" + result.words() + ")");
    } catch (IOException noRoom) {
      news.add(path + " could not be made smaller: " + noRoom.getMessage());
    }
    // What can't be made smaller now is not tried again at every reading.
    thinAboveBytes = Math.max(mostBytes, size + mostBytes / 8);
  }

  private void goOnWith(FileChannel next) throws IOException {
    lock(next, path);
    channel.close();
    channel = next;
    size = next.size();
    identity = FileIdentity.of(path);
  }

  /**
   * Looks whether the file is still where it was. When somebody moved it away or removed it, a new one is begun that says who is recorded.
   */
  @Override
  public boolean lookAround() {
    try {
      if (Files.exists(path) && FileIdentity.of(path).equals(identity)) {
        return false;
      }
      FileChannel next = openOrCreate(path);
      if (next.size() > 0) {
        next.close();
        throw new IOException("another file stands there now");
      }
      next.write(ByteBuffer.wrap(FileHead.bytes()), 0);
      goOnWith(next);
      accept(new Entry.Noted(clock.getAsLong(), "the file before this one was moved away; it holds what was before"));
      List.copyOf(targets).forEach(this::accept);
      news.add("the recording was moved away; it goes on in a new " + path);
      homeless = false;
      return true;
    } catch (IOException failure) {
      if (!homeless) {
        news.add("the recording was moved away, and " + path + " can't be begun again: " + failure.getMessage()
            + "; writing goes on where it was moved to");
      }
      homeless = true;
      identity = identityOrSame();
      return false;
    }
  }

  private Object identityOrSame() {
    try {
      return FileIdentity.of(path);
    } catch (IOException gone) {
      return identity;
    }
  }

  /** What the one who records should be told, each sentence once. */
  @Override
  public List<String> news() {
    List<String> told = List.copyOf(news);
    news.clear();
    return told;
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    flush();
    channel.close();
  }

  /** Which file stands under a name now: a file that replaced it is another one. */
  static final class FileIdentity {
    private FileIdentity() {}

    static Object of(Path path) throws IOException {
      Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return key == null ? path : key;
    }
  }
}
