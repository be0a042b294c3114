package io.tare.probe.marks;

import static io.tare.probe.marks.MarksLayout.*;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

/** Makes a marks file: all its bytes written before it is mapped, its magic last, readable by its owner alone. */
final class MarksFileCreation {
  private MarksFileCreation() {}

  /** The mapping and its file, which stays open so that its lock shows the process to be alive. */
  record Created(MappedByteBuffer mapping, RandomAccessFile file) {}

  /** A thread that is interrupted makes it too, and stays so: a channel would be closed under it. */
  static Created create(Path path, int records) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return make(path, records);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Created make(Path path, int records) throws IOException {
    boolean done = false;
    Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    RandomAccessFile opened = null;
    try {
      opened = new RandomAccessFile(path.toFile(), "rw");
      FileChannel channel = opened.getChannel();
      channel.lock();
      int bytes = HEADER_BYTES + records * RECORD_BYTES;
      occupy(channel, bytes);
      MappedByteBuffer file = channel.map(MapMode.READ_WRITE, 0, bytes);
      file.order(ByteOrder.LITTLE_ENDIAN);
      writeHeader(file, records);
      done = true;
      return new Created(file, opened);
    } finally {
      if (!done) {
        if (opened != null) {
          opened.close();
        }
        Files.deleteIfExists(path);
      }
    }
  }

  /** A hole in a mapped file has no block yet, and a full disk would show as SIGBUS at the first mark. */
  private static void occupy(FileChannel channel, int bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(Math.min(bytes, 1 << 16));
    long written = 0;
    while (written < bytes) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - written));
      written += channel.write(zeros, written);
    }
  }

  private static void writeHeader(MappedByteBuffer file, int records) {
    Instant now = Instant.now();
    file.putInt(AT_VERSION, VERSION);
    file.putInt(AT_HEADER_BYTES, HEADER_BYTES);
    file.putInt(AT_RECORD_BYTES, RECORD_BYTES);
    file.putInt(AT_RECORD_COUNT, records);
    file.putLong(AT_PID, ProcessHandle.current().pid());
    file.putLong(AT_PROCESS_START_MILLIS,
        ProcessHandle.current().info().startInstant().map(Instant::toEpochMilli).orElse(UNKNOWN));
    file.putLong(AT_ANCHOR_EPOCH_NANOS, now.getEpochSecond() * 1_000_000_000L + now.getNano());
    file.putLong(AT_ANCHOR_MONOTONIC_NANOS, System.nanoTime());
    file.putInt(AT_STAT_COUNT, STATS);
    file.putInt(AT_MAX_LABEL_BYTES, MAX_LABEL_BYTES);
    LONGS.setRelease(file, AT_MAGIC, MAGIC);
  }
}
