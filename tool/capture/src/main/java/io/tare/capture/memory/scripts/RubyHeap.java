package io.tare.capture.memory.scripts;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Ruby's slots for objects: pages of 16 KB, of 64 KB from 3.2 on, whose first word names a description elsewhere that says where in the page
 * its slots begin and how many there are. A slot is free where its first word is zero, as {@code ObjectSpace.count_objects} counts it.
 * Texts and arrays that don't fit into a slot lie in malloc's memory.
 */
final class RubyHeap {
  private static final long SMALL_PAGE = 16 << 10;
  private static final long PAGE = 64 << 10;
  private static final int WORDS_OF_DESCRIPTION = 8;
  private static final List<Integer> SLOTS = List.of(40, 80, 160, 320, 640);

  private RubyHeap() {}

  static ScriptHeap read(ProcessMemory memory, Smaps smaps) {
    ScriptHeap found = new ScriptHeap();
    for (Mapping mapping : ScriptHeap.anonymous(smaps)) {
      long at = (mapping.range().start() + SMALL_PAGE - 1) & -SMALL_PAGE;
      while (at < mapping.range().end()) {
        Optional<Page> page = page(memory, at);
        page.ifPresent(slots -> slots.book(memory, found));
        at += page.map(Page::bytes).orElse(SMALL_PAGE);
      }
    }
    return found;
  }

  /** One page of slots of one size. */
  private record Page(long at, long bytes, long firstSlot, int slotBytes, int slots) {
    void book(ProcessMemory memory, ScriptHeap found) {
      String name = "slots of " + slotBytes + " B";
      AddressRange range = AddressRange.ofSize(at, bytes);
      Optional<ByteBuffer> content = memory.read(at, (int) bytes).map(ProcessMemory::inOrder);
      if (content.isEmpty()) {
        found.addUnknown(name, range, "a page of slots could not be read whole: what of them is in use is not known");
        return;
      }
      long used = 0;
      for (int slot = 0; slot < slots; slot++) {
        used += content.get().getLong((int) (firstSlot - at) + slot * slotBytes) == 0 ? 0 : slotBytes;
      }
      found.add(name, List.of(range), bytes, used, firstSlot - at);
    }
  }

  /** The page that begins here; empty unless its description says so. */
  private static Optional<Page> page(ProcessMemory memory, long at) {
    long description = memory.u64(at).orElse(0);
    if (description <= 0 || description % Long.BYTES != 0 || (description >= at && description < at + SMALL_PAGE)) {
      return Optional.empty();
    }
    return memory.read(description, WORDS_OF_DESCRIPTION * Long.BYTES).map(ProcessMemory::inOrder)
        .flatMap(words -> described(words, at));
  }

  private static Optional<Page> described(ByteBuffer words, long at) {
    int first = Short.toUnsignedInt(words.getShort(0));
    boolean tellsSize = SLOTS.contains(first);
    int slotBytes = tellsSize ? first : SLOTS.getFirst();
    int slots = Short.toUnsignedInt(words.getShort(tellsSize ? Short.BYTES : 0));
    int free = Short.toUnsignedInt(words.getShort(tellsSize ? 2 * Short.BYTES : Short.BYTES));
    for (int word = 1; word < WORDS_OF_DESCRIPTION; word++) {
      long start = words.getLong(word * Long.BYTES);
      long begun = start - at;
      long end = begun + (long) slots * slotBytes;
      long bytes = end > SMALL_PAGE ? PAGE : SMALL_PAGE;
      boolean fits = begun >= Long.BYTES && begun < Long.BYTES + 2L * slotBytes && begun % Long.BYTES == 0 && slots > 0
          && free <= slots && end <= bytes && end + 2L * slotBytes > bytes && at % bytes == 0;
      if (fits) {
        return Optional.of(new Page(at, bytes, start, slotBytes, slots));
      }
    }
    return Optional.empty();
  }
}
