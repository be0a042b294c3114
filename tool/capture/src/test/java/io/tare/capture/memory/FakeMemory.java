package io.tare.capture.memory;

import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A process's memory that a test writes word by word: {@code memory.u64(0x7000, 1).text(0x8000, "main")}. What was written is
 * present, and mapped as anonymous memory unless the test maps it otherwise; everything else is absent.
 */
public final class FakeMemory implements ProcessMemory {
  private static final int PAGE = 4096;

  private final TreeMap<Long, byte[]> pages = new TreeMap<>();
  private final List<Mapping> mappings = new ArrayList<>();
  private final int readsAllowed;
  private int reads;

  public FakeMemory() {
    this(Integer.MAX_VALUE);
  }

  /** A memory whose budget is spent after so many reads. */
  public FakeMemory(int readsAllowed) {
    this.readsAllowed = readsAllowed;
  }

  public FakeMemory u64(long address, long value) {
    return bytes(address, ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value).array());
  }

  public FakeMemory u32(long address, long value) {
    return bytes(address, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt((int) value).array());
  }

  public FakeMemory u16(long address, int value) {
    return bytes(address, ByteBuffer.allocate(2).order(ByteOrder.nativeOrder()).putShort((short) value).array());
  }

  public FakeMemory u8(long address, int value) {
    return bytes(address, new byte[] {(byte) value});
  }

  /** A string with its zero. */
  public FakeMemory text(long address, String text) {
    return bytes(address, (text + '\0').getBytes(StandardCharsets.ISO_8859_1));
  }

  public FakeMemory bytes(long address, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      page(address + i)[(int) ((address + i) & (PAGE - 1))] = bytes[i];
    }
    return this;
  }

  /** Makes the pages of the range present, full of zeros. */
  public FakeMemory zeros(long address, long bytes) {
    for (long at = address & -PAGE; at < address + bytes; at += PAGE) {
      page(at);
    }
    return this;
  }

  public FakeMemory map(Mapping mapping) {
    mappings.add(mapping);
    return this;
  }

  /** Takes the page away, as swapping does. */
  public FakeMemory absent(long address) {
    pages.remove(address & -PAGE);
    return this;
  }

  private byte[] page(long address) {
    return pages.computeIfAbsent(address & -PAGE, start -> new byte[PAGE]);
  }

  /** The mapped ranges, those that were only written added as anonymous memory. */
  public Smaps smaps() {
    List<Mapping> all = new ArrayList<>(mappings);
    for (Map.Entry<Long, byte[]> page : pages.entrySet()) {
      if (mappings.stream().noneMatch(mapping -> mapping.range().contains(page.getKey()))) {
        all.add(Mappings.anonymous(page.getKey(), PAGE));
      }
    }
    return new Smaps(all);
  }

  /** Every byte that is present, to be damaged by a fuzzer. */
  public List<byte[]> presentPages() {
    return List.copyOf(pages.values());
  }

  @Override
  public int pageBytes() {
    return PAGE;
  }

  @Override
  public Optional<byte[]> read(long address, int length) {
    if (length < 0 || ++reads > readsAllowed) {
      return Optional.empty();
    }
    for (long at = address & -PAGE; at < address + length; at += PAGE) {
      if (!pages.containsKey(at)) {
        return Optional.empty();
      }
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = page(address + i)[(int) ((address + i) & (PAGE - 1))];
    }
    return Optional.of(bytes);
  }

  @Override
  public boolean isPresent(long address) {
    return pages.containsKey(address & -PAGE);
  }

  @Override
  public List<AddressRange> presentRuns(AddressRange range) {
    List<AddressRange> runs = new ArrayList<>();
    for (long at = range.start() & -PAGE; at < range.end() && runs.size() < 100_000; at += PAGE) {
      if (pages.containsKey(at)) {
        runs.add(AddressRange.ofSize(at, PAGE).intersection(range));
      } else {
        Long next = pages.higherKey(at);
        at = next == null ? range.end() : next - PAGE;
      }
    }
    return runs;
  }

  @Override
  public long bytesRead() {
    return reads;
  }

  @Override
  public boolean budgetExceeded() {
    return reads > readsAllowed;
  }
}
