package io.tare.fleet.agent;

import io.tare.capture.door.OwnFile;
import io.tare.capture.door.OwnFolder;
import io.tare.fleet.agent.Segment.Left;
import io.tare.formats.NotThisFormat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is written and not yet delivered: a folder of this agent's alone, with open segments and whole ones. It has a size: when there is more
 * than that the oldest whole segments are dropped, and counted.
 */
final class Spool implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final Comparator<Ready> OLDEST_FIRST = Comparator
      .comparingLong((Ready ready) -> ready.name().beganMillis()).thenComparing(ready -> ready.name().text());

  private final Path open;
  private final Path ready;
  private final long mostBytes;
  private final FileChannel lock;
  private final TreeSet<Ready> waiting = new TreeSet<>(OLDEST_FIRST);
  private final List<Ready> dropped = new ArrayList<>();
  private @Nullable Ready underWay;
  private long readyBytes;
  private long openBytes;
  private boolean isHurried;

  /** A whole segment. */
  record Ready(SegmentName name, Path path, long bytes) {}

  private Spool(Path folder, long mostBytes, FileChannel lock) {
    open = folder.resolve("open");
    ready = folder.resolve("ready");
    this.mostBytes = mostBytes;
    this.lock = lock;
  }

  /** Opens the folder, or makes it; throws with a sentence when another agent has it, or it is not this user's alone. */
  static Spool open(Path folder, long mostBytes) throws IOException {
    Files.createDirectories(NewPlace.parent(folder));
    for (Path part : List.of(folder, folder.resolve("open"), folder.resolve("ready"))) {
      OwnFolder.create(part).close();
    }
    Path file = folder.resolve("lock");
    FileChannel lock = Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? OwnFile.open(file, StandardOpenOption.WRITE)
        : OwnFile.create(file);
    try {
      if (lock.tryLock() == null) {
        throw new IOException(
            "another agent writes to " + folder + "; one agent a spool: give this one another --spool-dir");
      }
      Spool spool = new Spool(folder, mostBytes, lock);
      spool.readWhole();
      return spool;
    } catch (OverlappingFileLockException ours) {
      lock.close();
      throw new IOException("another agent of this process writes to " + folder, ours);
    } catch (IOException taken) {
      lock.close();
      throw taken;
    }
  }

  /** Names of folders. */
  private static final class NewPlace {
    static Path parent(Path folder) {
      Path parent = folder.toAbsolutePath().getParent();
      return parent == null ? folder : parent;
    }
  }

  private void readWhole() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(ready)) {
      for (Path file : files) {
        Optional<SegmentName> name = SegmentName.parse(String.valueOf(file.getFileName()));
        if (name.isPresent()) {
          add(new Ready(name.get(), file, Files.size(file)));
        }
      }
    }
  }

  /** Segments that an earlier agent left open; what holds nothing is removed. */
  List<Left> left() throws IOException {
    List<Left> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(open)) {
      for (Path file : files) {
        if (SegmentName.parse(String.valueOf(file.getFileName())).isEmpty()) {
          continue;
        }
        try {
          Left left = Left.look(file);
          if (left.process().isPresent()) {
            found.add(left);
          } else {
            Files.delete(file);
          }
        } catch (NotThisFormat cutInItsHead) {
          Files.delete(file);
        }
      }
    }
    return found;
  }

  Path place(SegmentName name) {
    return open.resolve(name.text());
  }

  /** Takes a segment that is whole; one that could never be written is nothing. */
  synchronized void seal(Segment segment) throws IOException {
    segment.finish();
    if (segment.size() == 0) {
      Files.deleteIfExists(segment.path());
      return;
    }
    Path name = segment.path().getFileName();
    if (name != null) {
      Path place = ready.resolve(name);
      Files.move(segment.path(), place, StandardCopyOption.ATOMIC_MOVE);
      SegmentName.parse(name.toString()).ifPresent(parsed -> add(new Ready(parsed, place, segment.size())));
      notifyAll();
    }
  }

  private void add(Ready one) {
    if (waiting.add(one)) {
      readyBytes += one.bytes();
    }
  }

  /** Says how much the open segments hold, and drops the oldest whole ones as long as there is too much. */
  synchronized void bound(long bytesOfOpen) {
    openBytes = bytesOfOpen;
    while (readyBytes + openBytes > mostBytes && dropOldest()) {
      // One after the other.
    }
  }

  /** Drops the oldest whole segment that is not on its way; false when there is none. */
  synchronized boolean dropOldest() {
    Optional<Ready> oldest = waiting.stream().filter(one -> !one.equals(underWay)).findFirst();
    oldest.ifPresent(one -> {
      remove(one);
      dropped.add(one);
    });
    return oldest.isPresent();
  }

  private void remove(Ready one) {
    if (waiting.remove(one)) {
      readyBytes -= one.bytes();
    }
    try {
      Files.deleteIfExists(one.path());
    } catch (IOException stays) {
      // It is found again by the next agent, which delivers it again: the same name, the same content.
      return;
    }
  }

  /** What was dropped since this was asked last. */
  synchronized List<Ready> takeDropped() {
    List<Ready> told = List.copyOf(dropped);
    dropped.clear();
    return told;
  }

  /** The oldest whole segment, which then is on its way; waits so long for one. Empty when there is none. */
  synchronized Optional<Ready> next(long patienceMillis) throws InterruptedException {
    long until = System.nanoTime() + patienceMillis * NANOS_PER_MILLI;
    long left = patienceMillis;
    while (waiting.isEmpty() && !isHurried && left > 0) {
      wait(left);
      left = (until - System.nanoTime()) / NANOS_PER_MILLI;
    }
    Optional<Ready> oldest = waiting.stream().findFirst();
    underWay = oldest.orElse(null);
    return oldest;
  }

  /** Lets {@link #next} wait no longer. */
  synchronized void wakeUp() {
    isHurried = true;
    notifyAll();
  }

  /** It is where it was to go. */
  synchronized void delivered(Ready one) {
    underWay = null;
    remove(one);
  }

  /** It could not be delivered, and waits on. */
  synchronized void kept() {
    underWay = null;
  }

  synchronized int segments() {
    return waiting.size();
  }

  synchronized long bytes() {
    return readyBytes + openBytes;
  }

  long mostBytes() {
    return mostBytes;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
