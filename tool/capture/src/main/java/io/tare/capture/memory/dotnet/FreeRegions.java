package io.tare.capture.memory.dotnet;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.dotnet.GcSegment.Described;
import io.tare.capture.memory.dotnet.LibraryData.Words;
import io.tare.model.AddressRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Regions that hold nothing and are kept, from .NET 7 on: those to be used again, and those to be given back bit by bit. Their lists lie among the
 * library's variables, or in the heap's description where there are several. A list is how many there are, what they reserve and have, two counts of
 * what came and went, the first and the last: it is one where its chain agrees with all of that.
 */
final class FreeRegions {
  static final String PART = "free regions";
  private static final int MOST_REGIONS = 1 << 16;
  private static final long PAGE = 4096;
  /** A heap's description is longer than that by none of the known versions. */
  private static final long BYTES_OF_HEAP = 48 << 10;
  private static final int COMMITTED = 2;
  private static final int FIRST = 5;
  private static final int LAST = 6;

  private final ProcessMemory memory;
  private final MappingIndex mappings;
  private final Map<Long, GcSegment> found = new LinkedHashMap<>();

  private FreeRegions(ProcessMemory memory, MappingIndex mappings) {
    this.memory = memory;
    this.mappings = mappings;
  }

  /** @param heaps where the descriptions of heaps are; none of the only one */
  static List<GcSegment> read(ProcessMemory memory, MappingIndex mappings, LibraryData data, Set<Long> heaps) {
    FreeRegions free = new FreeRegions(memory, mappings);
    data.blocks().forEach(free::lists);
    heaps.stream().filter(heap -> heap > 0).map(heap -> new AddressRange(heap & -PAGE, (heap & -PAGE) + BYTES_OF_HEAP))
        .forEach(heap -> free.lists(Words.present(memory, heap)));
    return List.copyOf(free.found.values());
  }

  private void lists(Words words) {
    for (int i = 0; i < words.count(); i++) {
      long count = words.word(i);
      boolean mayBe = count > 0 && count <= MOST_REGIONS - found.size() && words.word(i + LAST) > 0
          && words.word(i + COMMITTED) <= words.word(i + 1);
      if (mayBe) {
        chain(words, i).forEach(region -> found.putIfAbsent(region.objects(), region));
      }
    }
  }

  /** The regions of such a list; none where a word differs. */
  private List<GcSegment> chain(Words words, int at) {
    List<GcSegment> regions = new ArrayList<>();
    long region = words.word(at + FIRST);
    long last = 0;
    long reserved = 0;
    long committed = 0;
    while (region != 0 && regions.size() < words.word(at) && !memory.budgetExceeded()) {
      Described told = Described.read(memory, region).filter(some -> some.isMemory(mappings)).orElse(null);
      if (told == null) {
        return List.of();
      }
      GcSegment free = new GcSegment(PART, told.objects(), told.objects(), told.committed());
      regions.add(free);
      reserved += told.reserved() - free.range().start();
      committed += told.committed() - free.range().start();
      last = region;
      region = told.next();
    }
    boolean agrees = region == 0 && regions.size() == words.word(at) && reserved == words.word(at + 1)
        && committed == words.word(at + COMMITTED) && last == words.word(at + LAST);
    return agrees ? regions : List.of();
  }
}
