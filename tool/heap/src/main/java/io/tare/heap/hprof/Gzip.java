package io.tare.heap.hprof;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Inflates a compressed dump into a temporary file without a name.
 *
 * <p>The JDK ({@code jcmd PID GC.heap_dump -gz=1}) writes one gzip member per block and says how long a block is in the comment
 * of the first, {@code HPROF BLOCKSIZE=1048576}: such files are inflated by several threads.
 */
final class Gzip {
  private static final int COPY_BYTES = 256 << 10;
  /** So much always: a file system that can't say what is free says nothing. */
  private static final long LEAST_ROOM = 1 << 20;

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
    Inflated into = new Inflated(out, temporaryFolder, Math.max(usable(temporaryFolder) / 5 * 4, LEAST_ROOM));
    try {
      int blockBytes = GzipMember.blockBytes(compressed);
      if (blockBytes > 0) {
        new GzipBlocks(compressed, into, blockBytes).inflate(problems);
      } else {
        inOneGo(compressed, into, problems);
      }
      return out;
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private static void inOneGo(FileChannel compressed, Inflated out, ProblemLog problems) throws IOException {
    long at = 0;
    try {
      while (at < compressed.size()) {
        GzipMember member = new GzipMember(compressed, at);
        byte[] piece = new byte[COPY_BYTES];
        int count;
        while ((count = member.read(piece)) >= 0) {
          out.write(piece, count);
        }
        at = member.end();
      }
    } catch (EOFException | ZipException e) {
      problems.add(at, "the compressed file is damaged or cut off: " + e.getMessage());
    }
  }

  private static long usable(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Where the bytes of a dump go, not more of them than there is room for: a small file may inflate to any size. */
  static final class Inflated {
    private final FileChannel out;
    private final Path folder;
    private final long mostBytes;
    private long written;

    Inflated(FileChannel out, Path folder, long mostBytes) {
      this.out = out;
      this.folder = folder;
      this.mostBytes = mostBytes;
    }

    void write(byte[] bytes, int count) throws IOException {
      written += count;
      if (written > mostBytes) {
        throw new TooLarge(
            "the compressed dump inflates to more than " + (mostBytes >> 20) + " MB, four fifths of what is"
                + " free in " + folder + "; name a folder with more room by --temp");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    }
  }

  /** There is no room for the whole. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(String message) {
      super(message);
    }
  }
}

/**
 * Inflates a file of many short members by several threads. Where a member starts is guessed by its first bytes; a guess counts
 * only if the member before it ends there.
 */
final class GzipBlocks {
  private static final int SCAN_BYTES = 1 << 20;
  private static final int PIECE_BYTES = 64 << 10;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  /** The inflated bytes of one member, and where in the compressed file it ends. */
  private static final class Block {
    private byte[] bytes;
    private int count;
    private long end;
    private @Nullable IOException failure;

    Block(int expectedBytes) {
      bytes = new byte[expectedBytes];
    }

    void add(byte[] piece, int length) {
      if (count + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, count + length);
      }
      System.arraycopy(piece, 0, bytes, count, length);
      count += length;
    }
  }

  private record Guess(long start, Future<Block> block) {}

  private final FileChannel compressed;
  private final Gzip.Inflated out;
  private final int blockBytes;
  private final ByteBuffer scan = ByteBuffer.allocate(SCAN_BYTES);
  private long scanBase;
  private int scanAt;
  private final Deque<Guess> guesses = new ArrayDeque<>();

  GzipBlocks(FileChannel compressed, Gzip.Inflated out, int blockBytes) {
    this.compressed = compressed;
    this.out = out;
    this.blockBytes = blockBytes;
    scan.flip();
  }

  void inflate(ProblemLog problems) throws IOException {
    long at = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      while (at < compressed.size()) {
        Block block = block(at, pool);
        out.write(block.bytes, block.count);
        if (block.failure != null) {
          throw block.failure;
        }
        at = block.end;
      }
    } catch (EOFException | ZipException e) {
      problems.add(at, "the compressed file is damaged or cut off: " + e.getMessage());
    }
  }

  private Block block(long at, ExecutorService pool) throws IOException {
    while (guesses.size() < 2 * THREADS) {
      long start = nextGuess();
      if (start < 0) {
        break;
      }
      guesses.add(new Guess(start, pool.submit(() -> inflateAt(start))));
    }
    while (!guesses.isEmpty() && guesses.getFirst().start() < at) {
      guesses.removeFirst().block().cancel(false);
    }
    if (guesses.isEmpty() || guesses.getFirst().start() != at) {
      return inflateAt(at);
    }
    return result(guesses.removeFirst().block());
  }

  private static Block result(Future<Block> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException inputOutput) {
        throw inputOutput;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Block inflateAt(long start) throws IOException {
    try (GzipMember member = new GzipMember(compressed, start)) {
      Block block = new Block(blockBytes);
      byte[] piece = new byte[PIECE_BYTES];
      try {
        for (int more = member.read(piece); more >= 0; more = member.read(piece)) {
          block.add(piece, more);
        }
        block.end = member.end();
      } catch (EOFException | ZipException e) {
        block.failure = e;
      }
      return block;
    }
  }

  /** The next place that looks like the start of a member, or -1. */
  private long nextGuess() throws IOException {
    while (true) {
      for (; scanAt + 4 <= scan.limit(); scanAt++) {
        if (scan.get(scanAt) == 0x1f && (scan.getInt(scanAt) & 0xffff_ffe0) == 0x1f8b_0800) {
          return scanBase + scanAt++;
        }
      }
      scanBase += scanAt;
      scanAt = 0;
      scan.clear();
      if (compressed.read(scan, scanBase) < 4) {
        scan.flip().limit(0);
        return -1;
      }
      scan.flip();
    }
  }
}
