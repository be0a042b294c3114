package io.tare.heap.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Gives out blocks of bytes: in memory until the budget is used up, then mapped from temporary files.
 *
 * <p>A temporary file loses its name as soon as it is mapped, so nothing is left behind however the process ends.
 */
public final class Storage implements AutoCloseable {
  private static final int ZEROS = 1 << 20;
  /** Blocks below this are not worth an arena of their own; they go back at the end. */
  private static final long SMALL = 128 << 10;

  /** Blocks below this are not worth a file. */
  private static final long SMALLEST_FILE = 1 << 20;

  private final long budgetBytes;
  private final Path temporaryFolder;
  private final AtomicLong usedBytes = new AtomicLong();
  private final AtomicLong heldBytes = new AtomicLong();
  private final AtomicLong peakBytes = new AtomicLong();
  private final AtomicLong spilledBytes = new AtomicLong();
  private final Set<Block> open = ConcurrentHashMap.newKeySet();
  private final Arena rest = Arena.ofShared();

  public Storage(long budgetBytes, Path temporaryFolder) {
    this.budgetBytes = budgetBytes;
    this.temporaryFolder = temporaryFolder;
  }

  /** Everything that is still open is given back. */
  @Override
  public void close() {
    open.forEach(Block::close);
    rest.close();
  }

  /** The most bytes that were given out at a time, in memory or in files. */
  public long peakBytes() {
    return peakBytes.get();
  }

  /** How many bytes went to temporary files so far. */
  public long spilledBytes() {
    return spilledBytes.get();
  }

  /** A block of zeros. */
  Block block(long bytes) {
    long size = Math.max(bytes, 8);
    if (size < SMALL) {
      // Closing an arena stops all threads for a moment: small blocks share one.
      hold(size);
      return opened(new Block(rest.allocate(size, 8), open::remove));
    }
    Arena arena = Arena.ofShared();
    boolean fits = usedBytes.addAndGet(size) <= budgetBytes || size < SMALLEST_FILE;
    if (!fits) {
      usedBytes.addAndGet(-size);
      spilledBytes.addAndGet(size);
    }
    try {
      MemorySegment segment = fits ? arena.allocate(size, 8) : map(arena, size);
      hold(size);
      return opened(new Block(segment, block -> giveBack(block, arena, fits)));
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private Block opened(Block block) {
    open.add(block);
    return block;
  }

  private void hold(long size) {
    peakBytes.accumulateAndGet(heldBytes.addAndGet(size), Math::max);
  }

  private void giveBack(Block block, Arena arena, boolean fits) {
    if (open.remove(block)) {
      long size = block.segment().byteSize();
      arena.close();
      heldBytes.addAndGet(-size);
      usedBytes.addAndGet(fits ? -size : 0);
    }
  }

  private MemorySegment map(Arena arena, long size) {
    try {
      long room = Files.getFileStore(temporaryFolder).getUsableSpace();
      if (room < size) {
        throw new NoRoom(temporaryFolder, size, room);
      }
      Path file = Files.createTempFile(temporaryFolder, "tare-heap-", ".tmp");
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        // A hole in a mapped file kills the process when the disk fills up: write the zeros now.
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
        for (long at = 0; at < size; at += zeros.position()) {
          zeros.clear().limit((int) Math.min(ZEROS, size - at));
          channel.write(zeros, at);
        }
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary file of " + size + " bytes in " + temporaryFolder, e);
    }
  }

  /**
   * A block of memory that goes back when it is closed; closing twice does no harm. Nobody may close it while another thread is using it.
   */
  static final class Block implements AutoCloseable {
    private final MemorySegment segment;
    private final Consumer<Block> onClose;
    private final long address;
    /** None of a closed one. */
    private long bytes;

    private Block(MemorySegment segment, Consumer<Block> onClose) {
      if (!segment.isNative()) {
        throw new IllegalArgumentException("not outside the Java heap");
      }
      this.segment = segment;
      this.onClose = onClose;
      this.address = segment.address();
      this.bytes = segment.byteSize();
    }

    /** Of somebody else's memory, as far as whole elements go. */
    static Block lent(MemorySegment segment, int elementBytes) {
      return new Block(segment.asSlice(0, segment.byteSize() / elementBytes * elementBytes), block -> {});
    }

    MemorySegment segment() {
      return segment;
    }

    /** The address of a byte of an open block, and of the whole element that begins there. */
    long at(long offset) {
      return address + Objects.checkIndex(offset, bytes);
    }

    @Override
    public void close() {
      bytes = 0;
      onClose.accept(this);
    }
  }

  /** The temporary folder has not enough room for what the memory budget leaves over. */
  public static final class NoRoom extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    NoRoom(Path folder, long neededBytes, long roomBytes) {
      super(
          folder
              + " has room for "
              + roomBytes
              + " bytes, "
              + neededBytes
              + " are needed: give another temporary folder or a larger --memory",
          new IOException("no room"));
    }
  }
}
