package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.glibc.Chunk.WordWindow;
import io.tare.capture.memory.glibc.GlibcMalloc.WalkDeadline;
import io.tare.capture.memory.glibc.LibraryData.MallocParameters;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The chunks that malloc mapped one by one, held against the totals that malloc keeps of them. */
final class MappedChunks {
  /** A mapping that is larger than this is some runtime's heap, not malloc's neighbour. */
  private static final long MOST_SEARCHED_BYTES = 4L << 30;
  private static final long MOST_RESIDENT_BYTES = 512L << 20;

  private final ProcessMemory memory;
  private final WordWidth width;
  private final Optional<MallocParameters> parameters;
  private final WalkDeadline deadline;

  MappedChunks(ProcessMemory memory, WordWidth width, Optional<MallocParameters> parameters, WalkDeadline deadline) {
    this.memory = memory;
    this.width = width;
    this.parameters = parameters;
    this.deadline = deadline;
  }

  /** Finds them outside of the ranges that are known to belong to something else. */
  List<AddressRange> find(Smaps smaps, List<AddressRange> taken) {
    if (parameters.filter(known -> known.mappedChunks() == 0).isPresent()) {
      return List.of();
    }
    MappedChunkSearch search = new MappedChunkSearch(memory, width, deadline);
    List<Stretch> rest = new ArrayList<>();
    for (Stretch stretch : Stretch.of(smaps)) {
      for (AddressRange piece : without(stretch.range(), taken)) {
        AddressRange left = new AddressRange(search.chainFrom(piece), piece.end());
        rest.addAll(isWorthSearching(stretch) ? List.of(new Stretch(left, stretch.residentBytes())) : List.of());
      }
    }
    List<AddressRange> inChains = search.found();
    return parameters.isEmpty() ? inChains.stream().sorted().toList() : completed(inChains, rest, search);
  }

  /**
   * Only when malloc's own count says that some are still missing is it worth looking between the foreign pages: where little is resident
   * first, and until none is missing, so that a runtime's heap is mostly spared.
   */
  private List<AddressRange> completed(List<AddressRange> inChains, List<Stretch> rest, MappedChunkSearch search) {
    MallocParameters known = parameters.orElseThrow();
    List<AddressRange> candidates = new ArrayList<>(inChains);
    if (bytes(candidates) == known.mappedBytes()) {
      return inChains.stream().sorted().toList();
    }
    for (Stretch stretch : rest.stream().sorted(Comparator.comparingLong(Stretch::residentBytes)).toList()) {
      if (deadline.isOver() || areAll(candidates, known)) {
        break;
      }
      candidates.addAll(search.everywhereIn(stretch.range()));
    }
    return ChunkChoice.choose(candidates, known.mappedChunks(), known.mappedBytes()).stream().sorted().toList();
  }

  /** Whether those that do not only look like chunks are as many as malloc counts, and have its bytes: none of them by chance. */
  private static boolean areAll(List<AddressRange> candidates, MallocParameters known) {
    List<AddressRange> credible = candidates.stream().filter(one -> !ChunkChoice.isSuspicious(one)).toList();
    return credible.size() == known.mappedChunks() && bytes(credible) == known.mappedBytes();
  }

  private static long bytes(List<AddressRange> ranges) {
    return ranges.stream().mapToLong(AddressRange::bytes).sum();
  }

  private static boolean isWorthSearching(Stretch stretch) {
    return stretch.range().bytes() <= MOST_SEARCHED_BYTES && stretch.residentBytes() <= MOST_RESIDENT_BYTES;
  }

  /** Neighbouring mappings as one: advice about huge pages, as numpy gives it for its arrays, cuts a chunk's mapping after its head. */
  private record Stretch(AddressRange range, long residentBytes) {
    static List<Stretch> of(Smaps smaps) {
      List<Stretch> stretches = new ArrayList<>();
      List<Mapping> all = smaps.mappings().stream().filter(ArenaSearch::isPrivateData)
          .sorted(Comparator.comparing(Mapping::range)).toList();
      for (Mapping mapping : all) {
        Stretch next = new Stretch(mapping.range(), mapping.bytes().rss());
        if (!stretches.isEmpty() && stretches.getLast().range().end() == mapping.range().start()) {
          next = stretches.removeLast().joined(next);
        }
        stretches.add(next);
      }
      return stretches;
    }

    private Stretch joined(Stretch next) {
      return new Stretch(new AddressRange(range.start(), next.range().end()), residentBytes + next.residentBytes());
    }
  }

  /** What is left of a range when these are cut out. */
  private static List<AddressRange> without(AddressRange range, List<AddressRange> taken) {
    List<AddressRange> left = new ArrayList<>();
    long from = range.start();
    for (AddressRange cut : taken.stream().filter(range::intersects).sorted().toList()) {
      if (cut.start() > from) {
        left.add(new AddressRange(from, cut.start()));
      }
      from = Math.max(from, cut.end());
    }
    if (from < range.end()) {
      left.add(new AddressRange(from, range.end()));
    }
    return left;
  }
}

/**
 * Finds the chunks that malloc mapped one by one, by their heads: {@code previous, size | 2}, where both together are whole pages.
 *
 * <p>The kernel merges neighbours into one mapping, so a head may stand at any page. An aligned block leaves a piece before its head,
 * which then stands just before a page. From 2.43 on the size leaves out the bytes of the head, and the lowest bit of {@code
 * previous} says whether huge pages were asked for; the two forms exclude each other, since both end on a page.
 */
final class MappedChunkSearch {
  private static final long ASKED_FOR_HUGE_PAGES = 1;

  private final ProcessMemory memory;
  private final WordWidth width;
  private final WalkDeadline deadline;
  private final WordWindow window;
  private final long pageMask;
  private final List<AddressRange> found = new ArrayList<>();

  /** The word at an address. */
  private interface Words {
    OptionalLong at(long address);
  }

  MappedChunkSearch(ProcessMemory memory, WordWidth width, WalkDeadline deadline) {
    this.memory = memory;
    this.width = width;
    this.deadline = deadline;
    this.window = new WordWindow(memory, width);
    this.pageMask = memory.pageBytes() - 1L;
  }

  List<AddressRange> found() {
    return List.copyOf(found);
  }

  /** Chunks from the start of the mapping on, one after the other; returns where the chain ends. */
  long chainFrom(AddressRange mapping) {
    long at = mapping.start();
    while (at < mapping.end()) {
      Optional<AddressRange> chunk = chunkAt(at, new AddressRange(at, mapping.end()),
          address -> width.word(memory, address));
      if (chunk.isEmpty()) {
        break;
      }
      found.add(chunk.get());
      at = chunk.get().end();
    }
    return at;
  }

  /** Whatever looks like a chunk's head anywhere in the range: real ones, and foreign bytes by chance. */
  List<AddressRange> everywhereIn(AddressRange range) {
    Words words = readInBulk(range);
    List<AddressRange> candidates = new ArrayList<>();
    long beyond = range.start();
    for (AddressRange run : memory.presentRuns(range)) {
      for (long page = run.start(); page < run.end() && !deadline.isOver(); page += pageMask + 1) {
        if (page < beyond) {
          continue;
        }
        Optional<AddressRange> chunk = chunkAt(page, range, words);
        chunk.ifPresent(candidates::add);
        beyond = chunk.filter(one -> !ChunkChoice.isSuspicious(one)).map(AddressRange::end).orElse(beyond);
      }
    }
    return candidates;
  }

  private Words readInBulk(AddressRange range) {
    window.over(range);
    return address -> {
      long word = window.at(address);
      return word == WordWindow.ABSENT ? OptionalLong.empty() : OptionalLong.of(word);
    };
  }

  /** The chunk whose head stands at the start of this page or, after a piece that alignment cost, at its end. */
  private Optional<AddressRange> chunkAt(long page, AddressRange within, Words words) {
    Optional<AddressRange> plain = headAt(width.chunkFrom(page), within, words);
    return plain.isPresent() ? plain : headAt(page + pageMask + 1 - width.headBytes(), within, words);
  }

  private Optional<AddressRange> headAt(long head, AddressRange within, Words words) {
    long sizeField = words.at(head + width.bytes()).orElse(0);
    long before = words.at(head).orElse(-1) & ~ASKED_FOR_HUGE_PAGES;
    if (!Chunk.isMapped(sizeField) || before < 0 || before > head - within.start()) {
      return Optional.empty();
    }
    long start = head - before;
    long body = Chunk.size(sizeField);
    if ((start & pageMask) != 0 || body <= 0 || body > within.end() - head) {
      return Optional.empty();
    }
    long end = ((head + body) & pageMask) == 0 ? head + body : head + body + width.headBytes();
    boolean fits = (end & pageMask) == 0 && end <= within.end() && end - head >= memory.pageBytes();
    return fits ? Optional.of(new AddressRange(start, end)) : Optional.empty();
  }
}

/**
 * Tells real mapped chunks from places that only look like their heads: malloc knows how many there are and their bytes together.
 *
 * <p>A pair of small 16-bit numbers at the start of a page, of which metaspace is full, looks like the head of a chunk of a multiple
 * of 64 KB; so such sizes are believed last.
 */
final class ChunkChoice {
  private static final long SUSPICIOUS_MULTIPLE = 64 << 10;
  private static final int MOST_CANDIDATES = 256;
  private static final int MOST_STEPS = 200_000;

  private final List<AddressRange> candidates;
  private final List<AddressRange> chosen = new ArrayList<>();
  private int steps;

  private ChunkChoice(List<AddressRange> candidates) {
    this.candidates = candidates.stream().sorted(Comparator.comparing(ChunkChoice::isSuspicious)).limit(MOST_CANDIDATES)
        .toList();
  }

  /**
   * So many of the candidates as have these bytes together; without such a choice those that are not suspicious. In a process that
   * grows while it is read there is none, since malloc's totals are younger than the mappings: then every chunk counts, however many.
   */
  static List<AddressRange> choose(List<AddressRange> candidates, long count, long bytes) {
    ChunkChoice choice = new ChunkChoice(candidates);
    return choice.search(0, count, bytes) ? List.copyOf(choice.chosen) : credible(candidates, count);
  }

  private static List<AddressRange> credible(List<AddressRange> candidates, long count) {
    TreeMap<Long, AddressRange> apart = new TreeMap<>();
    for (AddressRange candidate : candidates) {
      Map.Entry<Long, AddressRange> before = apart.lowerEntry(candidate.end());
      if (!isSuspicious(candidate) && apart.size() < count
          && (before == null || !before.getValue().intersects(candidate))) {
        apart.put(candidate.start(), candidate);
      }
    }
    return List.copyOf(apart.values());
  }

  private boolean search(int from, long count, long bytes) {
    if (count == 0 || bytes <= 0) {
      return count == 0 && bytes == 0;
    }
    for (int i = from; i < candidates.size() && ++steps < MOST_STEPS; i++) {
      AddressRange candidate = candidates.get(i);
      if (candidate.bytes() <= bytes && isApart(candidate)) {
        chosen.add(candidate);
        if (search(i + 1, count - 1, bytes - candidate.bytes())) {
          return true;
        }
        chosen.removeLast();
      }
    }
    return false;
  }

  private boolean isApart(AddressRange candidate) {
    return chosen.stream().noneMatch(candidate::intersects);
  }

  static boolean isSuspicious(AddressRange candidate) {
    return candidate.bytes() % SUSPICIOUS_MULTIPLE == 0;
  }
}
