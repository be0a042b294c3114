package io.tare.heap.hprof;

import io.tare.heap.store.LongIntMap;
import java.util.Arrays;

/** The names of the dump, left in the file until somebody asks for one. */
public final class Names {
  private static final int LONGEST = 1000;

  private final DumpFile file;
  private final int idBytes;
  private final LongIntMap numbers = new LongIntMap();
  private long[] positions = new long[1024];
  private int[] lengths = new int[1024];

  Names(DumpFile file, int idBytes) {
    this.file = file;
    this.idBytes = idBytes;
  }

  void put(long id, long position, long length) {
    int number = numbers.size();
    if (numbers.contains(id)) {
      return;
    }
    if (number == positions.length) {
      positions = Arrays.copyOf(positions, number * 2);
      lengths = Arrays.copyOf(lengths, number * 2);
    }
    numbers.put(id, number);
    positions[number] = position;
    lengths[number] = (int) Math.min(length, LONGEST);
  }

  /** The name with this id, or the id itself in hexadecimal. */
  public String get(long id) {
    int number = numbers.getOrDefault(id, -1);
    if (number < 0) {
      return "0x" + Long.toHexString(id);
    }
    Window window = new Window(file, idBytes, Math.max(lengths[number], 1));
    window.seek(positions[number]);
    return window.has(lengths[number]) ? window.text(lengths[number]) : "0x" + Long.toHexString(id);
  }
}
