package io.tare.capture.memory.programs;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Memory that a test wrote word by word: a page exists once it was written to. */
public final class WrittenMemory implements ProcessMemory {
  private static final int PAGE = 4096;
  private final TreeMap<Long, ByteBuffer> pages = new TreeMap<>();
  private long bytesRead;

  public WrittenMemory put(long address, long word) {
    page(address).putLong((int) (address % PAGE), word);
    return this;
  }

  public WrittenMemory putInt(long address, int number) {
    page(address).putInt((int) (address % PAGE), number);
    return this;
  }

  /** Makes all pages of the range present. */
  public WrittenMemory fill(AddressRange range) {
    for (long at = range.start(); at < range.end(); at += PAGE) {
      page(at);
    }
    return this;
  }

  private ByteBuffer page(long address) {
    return pages.computeIfAbsent(address / PAGE * PAGE,
        none -> ByteBuffer.allocate(PAGE).order(ByteOrder.nativeOrder()));
  }

  @Override
  public int pageBytes() {
    return PAGE;
  }

  @Override
  public Optional<byte[]> read(long address, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      ByteBuffer page = pages.get((address + i) / PAGE * PAGE);
      if (page == null) {
        return Optional.empty();
      }
      bytes[i] = page.get((int) ((address + i) % PAGE));
    }
    bytesRead += length;
    return Optional.of(bytes);
  }

  @Override
  public boolean isPresent(long address) {
    return pages.containsKey(address / PAGE * PAGE);
  }

  @Override
  public boolean isUntouched(long address) {
    return !isPresent(address);
  }

  @Override
  public List<AddressRange> presentRuns(AddressRange range) {
    List<AddressRange> runs = new ArrayList<>();
    for (long page : pages.subMap(range.start() / PAGE * PAGE, range.end()).keySet()) {
      AddressRange cut = AddressRange.ofSize(page, PAGE).intersection(range);
      if (!runs.isEmpty() && runs.getLast().end() == cut.start()) {
        runs.add(new AddressRange(runs.removeLast().start(), cut.end()));
      } else {
        runs.add(cut);
      }
    }
    return runs;
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public boolean budgetExceeded() {
    return false;
  }
}
