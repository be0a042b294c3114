package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chunks that malloc mapped one by one, held against the totals that malloc keeps of them. */
final class MappedChunks {
  /** A mapping that is larger than this is some runtime's heap, not malloc's neighbour. */
  private static final long MOST_SEARCHED_BYTES = 4L << 30;
  private static final long MOST_RESIDENT_BYTES = 64L << 20;

  private final ProcessMemory memory;
  private final Optional<MallocParameters> parameters;
  private final WalkDeadline deadline;

  MappedChunks(ProcessMemory memory, Optional<MallocParameters> parameters, WalkDeadline deadline) {
    this.memory = memory;
    this.parameters = parameters;
    this.deadline = deadline;
  }

  /** Finds them outside of the ranges that are known to belong to something else. */
  List<AddressRange> find(Smaps smaps, List<AddressRange> taken) {
    if (parameters.filter(known -> known.mappedChunks() == 0).isPresent()) {
      return List.of();
    }
    MappedChunkSearch search = new MappedChunkSearch(memory, deadline);
    List<AddressRange> rest = new ArrayList<>();
    for (Mapping mapping : smaps.mappings()) {
      if (Anonymous.isPrivateData(mapping)) {
        for (AddressRange piece : without(mapping.range(), taken)) {
          AddressRange left = new AddressRange(search.chainFrom(piece), piece.end());
          rest.addAll(isWorthSearching(mapping) ? List.of(left) : List.of());
        }
      }
    }
    List<AddressRange> inChains = search.found();
    return parameters.isEmpty() ? inChains.stream().sorted().toList() : completed(inChains, rest, search);
  }

  /** Only when malloc's own count says that some are still missing is it worth looking between the foreign pages. */
  private List<AddressRange> completed(List<AddressRange> inChains, List<AddressRange> rest, MappedChunkSearch search) {
    MallocParameters known = parameters.orElseThrow();
    long bytes = inChains.stream().mapToLong(AddressRange::bytes).sum();
    if (bytes == known.mappedBytes()) {
      return inChains.stream().sorted().toList();
    }
    List<AddressRange> candidates = new ArrayList<>(inChains);
    rest.stream().takeWhile(range -> !deadline.isOver())
        .forEach(range -> candidates.addAll(search.everywhereIn(range)));
    return ChunkChoice.choose(candidates, known.mappedChunks(), known.mappedBytes()).stream().sorted().toList();
  }

  private static boolean isWorthSearching(Mapping mapping) {
    return mapping.range().bytes() <= MOST_SEARCHED_BYTES && mapping.bytes().rss() <= MOST_RESIDENT_BYTES;
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
