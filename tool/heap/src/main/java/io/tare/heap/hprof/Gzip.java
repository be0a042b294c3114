package io.tare.heap.hprof;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipException;

/**
 * Inflates a compressed dump into a temporary file without a name.
 *
 * <p>The JDK ({@code jcmd PID GC.heap_dump -gz=1}) writes one gzip member per block and says how long a block is in the comment
 * of the first, {@code HPROF BLOCKSIZE=1048576}: such files are inflated by several threads.
 */
final class Gzip {
  private static final int COPY_BYTES = 256 << 10;

  private Gzip() {}

  static boolean isGzip(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(3);
    channel.read(start, 0);
    return start.position() == 3 && start.get(0) == 0x1f && start.get(1) == (byte) 0x8b && start.get(2) == 8;
  }

  static FileChannel inflate(FileChannel compressed, Path temporaryFolder, ProblemLog problems)
      throws IOException, NotAHeapDump {
    Path file = Files.createTempFile(temporaryFolder, "tare-heap-", ".tmp");
    FileChannel out = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(file);
    try {
      int blockBytes = GzipMember.blockBytes(compressed);
      if (blockBytes > 0) {
        new GzipBlocks(compressed, out, blockBytes).inflate(problems);
      } else {
        inOneGo(compressed, out, problems);
      }
      return out;
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private static void inOneGo(FileChannel compressed, FileChannel out, ProblemLog problems) throws IOException {
    long at = 0;
    try {
      while (at < compressed.size()) {
        GzipMember member = new GzipMember(compressed, at);
        byte[] piece = new byte[COPY_BYTES];
        int count;
        while ((count = member.read(piece)) >= 0) {
          write(out, piece, count);
        }
        at = member.end();
      }
    } catch (EOFException | ZipException e) {
      problems.add(at, "the compressed file is damaged or cut off: " + e.getMessage());
    }
  }

  static void write(FileChannel out, byte[] bytes, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }
}
