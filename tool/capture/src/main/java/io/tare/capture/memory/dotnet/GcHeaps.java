package io.tare.capture.memory.dotnet;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.dotnet.GcSegment.Described;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The generations of every heap, with their segments. Up to .NET 6 generations 0 to 2 share segments, from 7 on each has regions of its own: both are
 * described alike. A process has one heap, or several where its collector is the server's.
 */
final class GcHeaps {
  /** A structure does not fit: nothing of the heap is then believed. */
  private static final class Torn extends Exception {
    private static final long serialVersionUID = 1;

    Torn() {
      super("a structure does not fit", null, false, false);
    }
  }

  private static final int MOST_HEAPS = 1024;
  private static final int MOST_SEGMENTS = 1 << 18;
  private static final int LARGE = 3;
  private static final int PINNED = 4;

  private static final int FIRST_SEGMENT = 7;

  /** Which of the told fields of a heap is which, and where they are in .NET Core 3.1, which does not tell it. */
  private static final int FIELD_ALLOCATED_TO = 0;
  private static final int FIELD_ALLOCATED_IN = 1;
  private static final int FIELD_TABLE = 18;
  private static final int OLD_TABLE = 344;

  private final ProcessMemory memory;
  private final GcVariables variables;
  private final MappingIndex mappings;
  private final Set<Long> seen = new HashSet<>();

  private GcHeaps(GcVariables variables, MappingIndex mappings) {
    this.memory = variables.memory();
    this.variables = variables;
    this.mappings = mappings;
  }

  /** Of every heap every generation; empty where a structure does not fit. */
  static Optional<List<Generation>> read(GcVariables variables, MappingIndex mappings) {
    try {
      GcHeaps heaps = new GcHeaps(variables, mappings);
      List<Generation> generations = new ArrayList<>();
      for (Heap heap : heaps.heaps()) {
        heaps.generations(heap, generations);
      }
      return areApart(generations) ? Optional.of(generations) : Optional.empty();
    } catch (Torn torn) {
      return Optional.empty();
    }
  }

  /** Where the heaps are described; 0 for the only one. */
  static Set<Long> addresses(List<Generation> generations) {
    Set<Long> heaps = new HashSet<>();
    generations.forEach(generation -> heaps.add(generation.heap()));
    return heaps;
  }

  /** One generation of one heap, by the words of its description; what the generations of a heap share is the first one's. */
  record Generation(long heap, int number, List<Long> words, List<GcSegment> segments) {
    String part() {
      return switch (number) {
        case LARGE -> "large objects";
        case PINNED -> "pinned objects";
        default -> "small objects";
      };
    }
  }

  /** Where a heap's table of generations is, and in which segment and up to where new objects lie. */
  private record Heap(long at, long table, long allocatedIn, long allocatedTo) {}

  private List<Heap> heaps() throws Torn {
    long table = variables.pointer(GcVariables.TABLE_OF_GENERATIONS);
    if (table != 0) {
      return List.of(new Heap(0, table, word(variables.pointer(GcVariables.ALLOCATED_IN)),
          word(variables.pointer(GcVariables.ALLOCATED_TO))));
    }
    long count = memory.u32(variables.pointer(GcVariables.HEAP_COUNT)).orElse(0);
    long list = word(variables.pointer(GcVariables.HEAPS));
    if (count < 1 || count > MOST_HEAPS) {
      throw new Torn();
    }
    List<Heap> heaps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long heap = word(list + (long) i * Long.BYTES);
      heaps.add(new Heap(heap, heap + field(FIELD_TABLE, OLD_TABLE), word(heap + field(FIELD_ALLOCATED_IN, Long.BYTES)),
          word(heap + field(FIELD_ALLOCATED_TO, 0))));
    }
    return heaps;
  }

  private long field(int index, int old) throws Torn {
    long told = variables.pointer(GcVariables.FIELDS_OF_HEAP) + (long) index * Integer.BYTES;
    return variables.counted() ? memory.u32(told).orElseThrow(Torn::new) : old;
  }

  private long word(long address) throws Torn {
    return memory.u64(address).orElseThrow(Torn::new);
  }

  private List<Long> words(long address, int count) throws Torn {
    ByteBuffer words = memory.read(address, count * Long.BYTES).map(ProcessMemory::inOrder).orElseThrow(Torn::new);
    List<Long> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(words.getLong());
    }
    return list;
  }

  private void generations(Heap heap, List<Generation> into) throws Torn {
    int size = (int) variables.generationBytes();
    for (int number = 0; number < variables.generations(); number++) {
      List<Long> words = words(heap.table() + (long) number * size, size / Long.BYTES);
      Generation generation = new Generation(heap.at(), number, words, new ArrayList<>());
      segments(heap, generation);
      into.add(generation);
    }
  }

  /** Up to one that was read with another generation, as what follows it then was. */
  private void segments(Heap heap, Generation generation) throws Torn {
    long at = generation.words().get(FIRST_SEGMENT);
    while (at != 0 && seen.add(at)) {
      Described told = Described.read(memory, at).orElseThrow(Torn::new);
      generation.segments().add(segment(heap, generation, at, told));
      at = told.next();
      if (seen.size() > MOST_SEGMENTS || memory.budgetExceeded()) {
        throw new Torn();
      }
    }
  }

  private GcSegment segment(Heap heap, Generation generation, long at, Described told) throws Torn {
    long end = at == heap.allocatedIn() ? heap.allocatedTo() : told.allocated();
    boolean ofThisHeap = heap.at() == 0 || told.isReadOnly() || told.heap() == heap.at();
    if (!ofThisHeap || end < told.objects() || end > told.committed() || !told.isMemory(mappings)) {
      throw new Torn();
    }
    String part = told.isReadOnly() ? "frozen objects" : generation.part();
    return new GcSegment(part, told.objects(), end, told.committed());
  }

  private static boolean areApart(List<Generation> generations) {
    List<AddressRange> ranges = generations.stream().flatMap(generation -> generation.segments().stream())
        .map(GcSegment::range).sorted().toList();
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i - 1).intersects(ranges.get(i))) {
        return false;
      }
    }
    return true;
  }
}
