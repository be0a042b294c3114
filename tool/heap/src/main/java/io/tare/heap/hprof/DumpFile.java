package io.tare.heap.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32C;

/** The bytes of a dump, readable at any place by any thread. A compressed dump is inflated into a temporary file first. */
public final class DumpFile implements AutoCloseable {
  private static final int SAMPLES = 64;
  private static final int SAMPLE_BYTES = 4096;

  private final FileChannel channel;
  private final long size;
  private final LongAdder reads = new LongAdder();

  private DumpFile(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  public static DumpFile open(Path path, Path temporaryFolder, ProblemLog problems) throws IOException, NotAHeapDump {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      if (!Gzip.isGzip(channel)) {
        return new DumpFile(channel);
      }
      FileChannel inflated = Gzip.inflate(channel, temporaryFolder, problems);
      channel.close();
      return new DumpFile(inflated);
    } catch (IOException | NotAHeapDump | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * What tells the file from others, and from itself at other times: its length, when it was last written to, and a checksum of samples
   * from all over it.
   */
  public static String stamp(Path path) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer sample = ByteBuffer.allocate(SAMPLE_BYTES);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      for (int i = 0; i < SAMPLES; i++) {
        sample.clear();
        channel.read(sample, Math.max(0, size - SAMPLE_BYTES) * i / (SAMPLES - 1));
        checksum.update(sample.flip());
      }
      return size + " " + Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS) + " " + checksum.getValue();
    }
  }

  public long size() {
    return size;
  }

  /** How often bytes were asked of the file: a walk asks once for many objects, whoever looks for single ones once for each. */
  public long reads() {
    return reads.sum();
  }

  /** Reads as much as there is, up to {@code length} bytes; returns how many. */
  int read(long position, byte[] into, int offset, int length) throws IOException {
    reads.increment();
    ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position() - offset) < 0) {
        break;
      }
    }
    return buffer.position() - offset;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
