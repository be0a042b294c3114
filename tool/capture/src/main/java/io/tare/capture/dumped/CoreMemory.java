package io.tare.capture.dumped;

import io.tare.capture.dumped.CoreFile.CoreNotes.MappedFile;
import io.tare.capture.dumped.CoreFile.Segment;
import io.tare.capture.kernel.PageSize;
import io.tare.capture.kernel.WorkTime;
import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The memory of a process as its core file holds it. "Present" is what the file has; what it left out of a mapped file was never written to,
 * or the mapping would be there whole.
 */
public final class CoreMemory implements ProcessMemory {
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt HALF_WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  private final List<Segment> segments;
  private final List<MappedFile> files;
  private final long[] starts;
  private final MemorySegment[] contents;
  private final int pageBytes = PageSize.ofThisMachine();
  private final ReadBudget budget;
  private final WorkTime time;
  private int last;
  private long bytesRead;
  private boolean exceeded;

  public CoreMemory(CoreFile core, ReadBudget budget) {
    this.segments = core.segments();
    this.files = core.notes().files();
    this.starts = segments.stream().mapToLong(segment -> segment.range().start()).toArray();
    this.contents = segments.stream().map(core::content).toArray(MemorySegment[]::new);
    this.budget = budget;
    this.time = new WorkTime(budget.time());
  }

  @Override
  public int pageBytes() {
    return pageBytes;
  }

  @Override
  public boolean isStill() {
    return true;
  }

  /** The segment that holds the address, or would; -1 for none. */
  private int at(long address) {
    if (last < starts.length && segments.get(last).range().contains(address)) {
      return last;
    }
    int low = 0;
    int high = starts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] <= address) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    if (high < 0 || !segments.get(high).range().contains(address)) {
      return -1;
    }
    last = high;
    return high;
  }

  /** What the file has from this address on within one mapping. */
  private MemorySegment from(long address) {
    int index = address <= 0 || spent() ? -1 : at(address);
    if (index < 0) {
      return NOTHING;
    }
    long within = address - starts[index];
    return within < contents[index].byteSize() ? contents[index].asSlice(within) : NOTHING;
  }

  @Override
  public Optional<byte[]> read(long address, int length) {
    if (length < 0 || !holds(address, length)) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    return readInto(address, bytes, 0, length) ? Optional.of(bytes) : Optional.empty();
  }

  private boolean holds(long address, int length) {
    for (int done = 0; done < length;) {
      long there = from(address + done).byteSize();
      if (there == 0) {
        return false;
      }
      done += (int) Math.min(there, length - done);
    }
    return true;
  }

  @Override
  public boolean readInto(long address, byte[] into, int at, int length) {
    for (int done = 0; done < length;) {
      MemorySegment there = from(address + done);
      int count = (int) Math.min(there.byteSize(), length - done);
      if (count == 0) {
        return false;
      }
      MemorySegment.copy(there, ValueLayout.JAVA_BYTE, 0, into, at + done, count);
      done += count;
    }
    bytesRead += length;
    return true;
  }

  @Override
  public boolean readWords(long address, long[] into, int at, int words) {
    MemorySegment there = from(address);
    if (there.byteSize() < (long) words * Long.BYTES) {
      return ProcessMemory.super.readWords(address, into, at, words);
    }
    MemorySegment.copy(there, WORD, 0, into, at, words);
    bytesRead += (long) words * Long.BYTES;
    return true;
  }

  @Override
  public OptionalLong u64(long address) {
    MemorySegment there = from(address);
    return there.byteSize() < Long.BYTES ? ProcessMemory.super.u64(address) : OptionalLong.of(there.get(WORD, 0));
  }

  @Override
  public OptionalLong u32(long address) {
    MemorySegment there = from(address);
    return there.byteSize() < Integer.BYTES
        ? ProcessMemory.super.u32(address)
        : OptionalLong.of(Integer.toUnsignedLong(there.get(HALF_WORD, 0)));
  }

  @Override
  public boolean isPresent(long address) {
    return from(address).byteSize() > 0;
  }

  /**
   * A mapping of a file that was written to is in the core as a whole; what is not there has the content of the file. Of other memory that is not
   * there nothing is known.
   */
  @Override
  public boolean isUntouched(long address) {
    if (address <= 0 || spent() || files.stream().noneMatch(file -> file.range().contains(address))) {
      return false;
    }
    int index = at(address);
    return index < 0 || address - starts[index] >= segments.get(index).promisedBytes();
  }

  @Override
  public List<AddressRange> presentRuns(AddressRange range) {
    List<AddressRange> runs = new ArrayList<>();
    if (range.start() < 0 || range.end() < 0 || spent()) {
      return runs;
    }
    int first = at(range.start());
    for (int i = first >= 0 ? first : next(range.start()); i < starts.length && starts[i] < range.end(); i++) {
      AddressRange held = segments.get(i).held();
      long start = Math.max(held.start(), range.start());
      long end = Math.min(held.end(), range.end());
      if (start < end && !runs.isEmpty() && runs.getLast().end() == start) {
        runs.add(new AddressRange(runs.removeLast().start(), end));
      } else if (start < end) {
        runs.add(new AddressRange(start, end));
      }
    }
    return runs;
  }

  private int next(long address) {
    int index = 0;
    while (index < starts.length && starts[index] < address) {
      index++;
    }
    return index;
  }

  private boolean spent() {
    if (!exceeded && (bytesRead > budget.bytes() || time.isOver())) {
      exceeded = true;
    }
    return exceeded;
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public boolean budgetExceeded() {
    return exceeded;
  }

  @Override
  public String ranOut() {
    return bytesRead > budget.bytes() ? budget.bytesInWords() : time.ranOut();
  }
}
