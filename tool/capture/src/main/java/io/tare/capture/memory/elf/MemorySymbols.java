package io.tare.capture.memory.elf;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.elf.ElfHeaders.ElfSegment;
import io.tare.capture.memory.elf.ElfSymbols.SymbolScan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The dynamic symbols of a library whose file can't be had any more, read from where the loader mapped it, as far as those pages
 * are present.
 */
public final class MemorySymbols {
  private static final int HEADER_BYTES = 64;
  private static final int SEGMENT_BYTES = 56;
  private static final int DYNAMIC_ENTRY_BYTES = 16;
  private static final long STRING_TABLE = 5;
  private static final long SYMBOL_TABLE = 6;
  private static final long STRING_BYTES = 10;
  private static final long MOST_BYTES = 32L << 20;
  private static final long MOST_DYNAMIC_BYTES = 64 << 10;

  private MemorySymbols() {}

  /** Addresses in the process; empty when the image or its dynamic segment can't be read. */
  public static Map<String, Long> lookup(ProcessMemory memory, long imageStart, Set<String> names) {
    Optional<ByteBuffer> header = read(memory, imageStart, HEADER_BYTES);
    if (header.isEmpty() || header.get().getInt(0) != 0x464c457f || header.get().get(4) != 2) {
      return Map.of();
    }
    int count = header.get().getShort(56) & 0xffff;
    Optional<ByteBuffer> table = read(memory, imageStart + header.get().getLong(32), (long) count * SEGMENT_BYTES);
    if (table.isEmpty()) {
      return Map.of();
    }
    List<ElfSegment> segments = ElfHeaders.segmentsOf(table.get(), count);
    Optional<ElfSegment> first = segments.stream().filter(segment -> segment.type() == ElfSegment.LOAD).findFirst();
    Optional<ElfSegment> dynamic = segments.stream().filter(s -> s.type() == ElfSegment.DYNAMIC).findFirst();
    if (first.isEmpty() || dynamic.isEmpty()) {
      return Map.of();
    }
    long bias = imageStart - first.get().address() + first.get().offset();
    return read(memory, bias + dynamic.get().address(), Math.min(dynamic.get().memoryBytes(), MOST_DYNAMIC_BYTES))
        .map(entries -> scan(memory, bias, dynamicEntries(entries), names)).orElse(Map.of());
  }

  private static Map<Long, Long> dynamicEntries(ByteBuffer entries) {
    Map<Long, Long> values = new HashMap<>();
    for (int at = 0; at + DYNAMIC_ENTRY_BYTES <= entries.limit(); at += DYNAMIC_ENTRY_BYTES) {
      values.putIfAbsent(entries.getLong(at), entries.getLong(at + 8));
    }
    return values;
  }

  // The loader turns the addresses into those of the process. The symbols' number is told nowhere: their strings follow them.
  private static Map<String, Long> scan(ProcessMemory memory, long bias, Map<Long, Long> dynamic, Set<String> names) {
    long symbolsAt = dynamic.getOrDefault(SYMBOL_TABLE, 0L);
    long stringsAt = dynamic.getOrDefault(STRING_TABLE, 0L);
    long symbolBytes = stringsAt - symbolsAt;
    Optional<byte[]> symbols = bytes(memory, symbolsAt, symbolBytes - symbolBytes % SymbolScan.SYMBOL_BYTES);
    Optional<byte[]> strings = bytes(memory, stringsAt, dynamic.getOrDefault(STRING_BYTES, 0L));
    if (symbols.isEmpty() || strings.isEmpty()) {
      return Map.of();
    }
    SymbolScan scan = new SymbolScan(names);
    scan.scan(symbols.get(), strings.get());
    Map<String, Long> addresses = new HashMap<>();
    scan.found().forEach((name, value) -> addresses.put(name, value + bias));
    return Map.copyOf(addresses);
  }

  private static Optional<ByteBuffer> read(ProcessMemory memory, long address, long length) {
    return bytes(memory, address, length).map(bytes -> ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static Optional<byte[]> bytes(ProcessMemory memory, long address, long length) {
    return address <= 0 || length <= 0 || length > MOST_BYTES
        ? Optional.empty()
        : memory.read(address, (int) length);
  }
}
