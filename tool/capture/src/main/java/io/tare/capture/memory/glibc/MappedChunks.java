package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.Comparator;
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
    // Only when malloc's own count says that some are still missing is it worth looking between the foreign pages.
    rest.sort(Comparator.comparingLong(AddressRange::bytes));
    for (AddressRange range : rest) {
      if (!isMissing(search.found()) || deadline.isOver()) {
        break;
      }
      search.everywhereIn(range);
    }
    return withoutTheOneTooMany(search.found()).stream().sorted().toList();
  }

  /** Foreign bytes can look like a head: when one chunk more was found than malloc counts, its size tells which it is. */
  private List<AddressRange> withoutTheOneTooMany(List<AddressRange> found) {
    long bytes = found.stream().mapToLong(AddressRange::bytes).sum();
    long tooMuch = parameters.filter(known -> known.mappedChunks() == found.size() - 1)
        .map(known -> bytes - known.mappedBytes()).orElse(0L);
    for (int i = found.size() - 1; i >= 0 && tooMuch > 0; i--) {
      if (found.get(i).bytes() == tooMuch) {
        List<AddressRange> rest = new ArrayList<>(found);
        rest.remove(i);
        return rest;
      }
    }
    return found;
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

  private boolean isMissing(List<AddressRange> found) {
    return parameters.filter(known -> known.mappedChunks() > found.size()).isPresent();
  }
}
