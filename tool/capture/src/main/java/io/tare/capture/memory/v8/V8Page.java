package io.tare.capture.memory.v8;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One page of a V8 heap, as its head describes it: in its own first words up to V8 11, in a description elsewhere that points back to it
 * in later versions.
 *
 * @param description where the words stand that describe it
 * @param area where objects may lie
 * @param heap the heap that it belongs to
 * @param space the structure of its space in that heap
 * @param allocatedBytes of the area, with the rest of an allocation area, as the engine counts it; says nothing of young pages
 */
record V8Page(Layout layout, long description, AddressRange range, AddressRange area, long flags, long heap, long space,
    long allocatedBytes) {
  /** Every page begins at a multiple of it. */
  static final long ALIGNMENT = 256 << 10;

  private static final long IN_TO_SPACE = 1 << 4;
  private static final long LARGEST = 1L << 32;

  /** Which words say what: places in words. */
  enum Layout {
    IN_PAGE(12), DESCRIBED_ELSEWHERE(11);

    private final int words;

    Layout(int words) {
      this.words = words;
    }
  }

  /** The page that begins here; empty unless its words agree with each other and with the place. */
  static Optional<V8Page> at(ProcessMemory memory, long address) {
    return inPage(memory, address).or(() -> describedElsewhere(memory, address));
  }

  /** Its reservation is told once more behind: base and size must be the page's own. */
  private static Optional<V8Page> inPage(ProcessMemory memory, long address) {
    return words(memory, address, Layout.IN_PAGE)
        .filter(words -> words.getLong(80) == address && words.getLong(88) == words.getLong(0))
        .flatMap(words -> of(Layout.IN_PAGE, address, address, words.getLong(0), words.getLong(24), words.getLong(32),
            words.getLong(8), words.getLong(16), words.getLong(64), words.getLong(40)));
  }

  private static Optional<V8Page> describedElsewhere(ProcessMemory memory, long address) {
    long flags = memory.u64(address).orElse(0);
    long description = memory.u64(address + Long.BYTES).orElse(0);
    return description <= 0 || description % Long.BYTES != 0
        ? Optional.empty()
        : words(memory, description, Layout.DESCRIBED_ELSEWHERE)
            .filter(words -> words.getLong(8) == address && words.getLong(48) > 0
                && words.getLong(48) <= words.getLong(16))
            .flatMap(words -> of(Layout.DESCRIBED_ELSEWHERE, description, address, words.getLong(48),
                words.getLong(72), words.getLong(56), flags, words.getLong(64), words.getLong(80), words.getLong(24)));
  }

  private static Optional<ByteBuffer> words(ProcessMemory memory, long address, Layout layout) {
    return memory.read(address, layout.words * Long.BYTES).map(ProcessMemory::inOrder);
  }

  private static Optional<V8Page> of(Layout layout, long description, long address, long bytes, long areaStart,
      long areaEnd, long flags, long heap, long space, long allocatedBytes) {
    boolean fits = bytes > 0 && bytes < LARGEST && address > 0 && address <= Long.MAX_VALUE - bytes
        && address < areaStart && areaStart < areaEnd && areaEnd <= address + bytes && allocatedBytes >= 0
        && allocatedBytes <= areaEnd - areaStart && heap > 0 && space > 0;
    return fits
        ? Optional.of(new V8Page(layout, description, AddressRange.ofSize(address, bytes),
            new AddressRange(areaStart, areaEnd), flags, heap, space, allocatedBytes))
        : Optional.empty();
  }

  /** Of the young generation, whether new objects go here: the other half was left by the last collection. */
  boolean isInToSpace() {
    return (flags & IN_TO_SPACE) != 0;
  }

  /** Where the next page's head begins, at the earliest. */
  long next() {
    return (range.end() + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
