package io.tare.capture.memory;

import io.tare.capture.kernel.PageSize;
import io.tare.capture.kernel.WorkTime;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.model.AddressRange;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A live process's memory through {@code /proc/PID/mem}, each read preceded by a look at {@code /proc/PID/pagemap}, because
 * reading an absent page faults it in.
 *
 * <p>Between the look and the read the process may give a page back. The kernel then shows its zero page, which no one is charged
 * for, when the mapping is private; only a page punched out of shared memory at that very moment would be allocated anew.
 */
public final class LiveMemory implements ProcessMemory, AutoCloseable {
  private static final int CLUSTER_PAGES = 4;
  private static final int LARGE_BYTES = 64 << 10;

  private static final byte[] NOTHING = {};
  private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle HALF_WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final FileChannel memory;
  private final FileChannel pagemap;
  private final PageMap pages;
  private final int pageBytes;
  private final ReadBudget budget;
  private final WorkTime time;
  private final PageCache cache = new PageCache();
  private final ByteBuffer transfer = ByteBuffer
      .allocateDirect(Math.max(LARGE_BYTES, CLUSTER_PAGES * PageSize.ofThisMachine()));
  private final LongBuffer transferred = transfer.order(ByteOrder.nativeOrder()).asLongBuffer();
  private long bytesRead;
  private boolean exceeded;

  private LiveMemory(FileChannel memory, FileChannel pagemap, ReadBudget budget) {
    this.memory = memory;
    this.pagemap = pagemap;
    this.pageBytes = PageSize.ofThisMachine();
    this.pages = new PageMap(pagemap, pageBytes);
    this.budget = budget;
    this.time = new WorkTime(budget.time());
  }

  /** Opens the memory of the process whose folder is {@code /proc/PID}; fails when the kernel refuses. */
  public static LiveMemory open(Path procPid, ReadBudget budget) throws IOException {
    FileChannel memory = FileChannel.open(procPid.resolve("mem"), StandardOpenOption.READ);
    try {
      FileChannel pagemap = FileChannel.open(procPid.resolve("pagemap"), StandardOpenOption.READ);
      return new LiveMemory(memory, pagemap, budget);
    } catch (IOException refused) {
      memory.close();
      throw refused;
    }
  }

  @Override
  public int pageBytes() {
    return pageBytes;
  }

  @Override
  public Optional<byte[]> read(long address, int length) {
    if (length < 0 || (length > LARGE_BYTES && !isPresent(address, length))) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    return readInto(address, bytes, 0, length) ? Optional.of(bytes) : Optional.empty();
  }

  @Override
  public boolean readInto(long address, byte[] into, int at, int length) {
    if (address < 0 || length < 0 || address + length < address || spent()) {
      return false;
    }
    try {
      return length > LARGE_BYTES
          ? isPresent(address, length) && fetch(address, into, at, length)
          : readByPage(address, into, at, length);
    } catch (IOException unmappedOrGone) {
      return false;
    }
  }

  /** One look at the pages, and then the reading: no page is asked after twice. */
  @Override
  public List<AddressRange> readPresent(AddressRange range, long[] into) {
    List<AddressRange> read = new ArrayList<>();
    for (AddressRange run : presentRuns(range)) {
      if (fetchWords(run.start(), into, (int) (run.start() - range.start()) / Long.BYTES,
          (int) run.bytes() / Long.BYTES)) {
        read.add(run);
      }
    }
    return read;
  }

  @Override
  public boolean readOnce(long address, long[] into) {
    return isPresent(address, into.length * Long.BYTES) && fetchWords(address, into, 0, into.length);
  }

  private boolean fetchWords(long address, long[] into, int at, int words) {
    try {
      for (int done = 0; done < words; done += transfer.limit() / Long.BYTES) {
        if (!transfer(address + (long) Long.BYTES * done, Math.min(LARGE_BYTES, Long.BYTES * (words - done)))) {
          return false;
        }
        transferred.get(0, into, at + done, transfer.limit() / Long.BYTES);
      }
      return true;
    } catch (IOException unmappedOrGone) {
      return false;
    }
  }

  @Override
  public OptionalLong u64(long address) {
    int within = (int) (address & (pageBytes - 1));
    byte[] page = within + Long.BYTES > pageBytes ? NOTHING : pageOrNothing(address);
    return page.length == 0 ? ProcessMemory.super.u64(address) : OptionalLong.of((long) WORD.get(page, within));
  }

  @Override
  public OptionalLong u32(long address) {
    int within = (int) (address & (pageBytes - 1));
    byte[] page = within + Integer.BYTES > pageBytes ? NOTHING : pageOrNothing(address);
    return page.length == 0
        ? ProcessMemory.super.u32(address)
        : OptionalLong.of(Integer.toUnsignedLong((int) HALF_WORD.get(page, within)));
  }

  private byte[] pageOrNothing(long address) {
    return address < 0 || spent() ? NOTHING : cache.get(address / pageBytes);
  }

  private boolean isPresent(long address, int length) {
    if (address < 0 || address + length < address || spent()) {
      return false;
    }
    long firstPage = address / pageBytes;
    long endPage = (address + length + pageBytes - 1) / pageBytes;
    try {
      return pages.allPresent(firstPage, endPage - firstPage);
    } catch (IOException unmappedOrGone) {
      return false;
    }
  }

  private boolean readByPage(long address, byte[] into, int at, int length) throws IOException {
    int done = 0;
    while (done < length) {
      long from = address + done;
      byte[] page = page(from / pageBytes);
      if (page.length == 0) {
        return false;
      }
      int within = (int) (from % pageBytes);
      int count = Math.min(length - done, pageBytes - within);
      System.arraycopy(page, within, into, at + done, count);
      done += count;
    }
    return true;
  }

  /** The page's content; an empty array when it is absent. */
  private byte[] page(long number) throws IOException {
    byte[] cached = cache.get(number);
    if (cached.length != 0) {
      return cached;
    }
    LongBuffer entries = pages.entries(number, CLUSTER_PAGES);
    int run = 0;
    while (entries.hasRemaining() && PageMap.isPresent(entries.get())) {
      run++;
    }
    if (run == 0 || !transfer(number * pageBytes, run * pageBytes)) {
      return NOTHING;
    }
    for (int i = 0; i < run; i++) {
      transfer.get(i * pageBytes, cache.slotFor(number + i, pageBytes));
    }
    return cache.get(number);
  }

  private boolean fetch(long address, byte[] into, int at, int length) throws IOException {
    for (int done = 0; done < length; done += transfer.limit()) {
      if (!transfer(address + done, Math.min(LARGE_BYTES, length - done))) {
        return false;
      }
      transfer.get(0, into, at + done, transfer.limit());
    }
    return true;
  }

  /** Reads that many bytes into the buffer that all readings pass through. */
  private boolean transfer(long address, int length) throws IOException {
    transfer.clear().limit(length);
    while (transfer.hasRemaining()) {
      int count = memory.read(transfer, address + transfer.position());
      if (count <= 0) {
        return false;
      }
      bytesRead += count;
    }
    return true;
  }

  @Override
  public boolean isPresent(long address) {
    return entry(address).filter(PageMap::isPresent).isPresent();
  }

  @Override
  public boolean isUntouched(long address) {
    return entry(address).filter(PageMap::isUntouched).isPresent();
  }

  private Optional<Long> entry(long address) {
    if (address < 0 || spent()) {
      return Optional.empty();
    }
    try {
      LongBuffer entry = pages.entries(address / pageBytes, 1);
      return entry.hasRemaining() ? Optional.of(entry.get()) : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  @Override
  public List<AddressRange> presentRuns(AddressRange range) {
    if (range.start() < 0 || range.end() < 0 || spent()) {
      return List.of();
    }
    try {
      return pages.presentRuns(range, this::spent);
    } catch (IOException gone) {
      return List.of();
    }
  }

  private boolean spent() {
    if (!exceeded && (bytesRead > budget.bytes() || time.isOver())) {
      exceeded = true;
    }
    return exceeded;
  }

  @Override
  public void forget() {
    cache.clear();
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public boolean budgetExceeded() {
    return exceeded;
  }

  @Override
  public String ranOut() {
    return bytesRead > budget.bytes() ? budget.bytesInWords() : time.ranOut();
  }

  @Override
  public void close() throws IOException {
    try (memory; pagemap) {
      cache.clear();
    }
  }
}

/** A few recently read pages, each in the one slot that its number gives it. A slot's array is used again for the next page in it. */
final class PageCache {
  private static final int SLOTS = 1024;
  private static final byte[] NOTHING = {};

  private final long[] numbers = new long[SLOTS];
  private final byte[][] pages = new byte[SLOTS][];

  PageCache() {
    clear();
  }

  /** The page's bytes; none when it is not here. */
  byte[] get(long number) {
    int slot = (int) (number & (SLOTS - 1));
    return numbers[slot] == number ? pages[slot] : NOTHING;
  }

  /** The array to put this page's bytes into; it held another page until now. */
  byte[] slotFor(long number, int pageBytes) {
    int slot = (int) (number & (SLOTS - 1));
    numbers[slot] = number;
    if (pages[slot].length != pageBytes) {
      pages[slot] = new byte[pageBytes];
    }
    return pages[slot];
  }

  void clear() {
    Arrays.fill(numbers, -1);
    Arrays.fill(pages, NOTHING);
  }
}
