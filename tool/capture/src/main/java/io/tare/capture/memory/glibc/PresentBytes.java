package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.ResidentPages;
import java.util.List;

/** How much of a range is present, counted in the whole pages that lie in it. */
record PresentBytes(ResidentPages pages, int pageBytes) {

  static PresentBytes of(ProcessMemory memory, AddressRange range) {
    List<AddressRange> runs = memory.presentRuns(range);
    long[] starts = runs.stream().mapToLong(AddressRange::start).toArray();
    long[] ends = runs.stream().mapToLong(AddressRange::end).toArray();
    return new PresentBytes(new ResidentPages(List.of(range), starts, ends), memory.pageBytes());
  }

  long wholePages(AddressRange range) {
    long from = (range.start() + pageBytes - 1) & -(long) pageBytes;
    long to = range.end() & -(long) pageBytes;
    return from < to ? pages.presentBytes(new AddressRange(from, to)) : 0;
  }
}
