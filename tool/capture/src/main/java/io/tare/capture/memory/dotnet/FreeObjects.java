package io.tare.capture.memory.dotnet;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.dotnet.GcHeaps.Generation;
import io.tare.model.AddressRange;
import io.tare.model.proc.ResidentPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What of a generation a collection freed in place: the bytes on its lists of free objects, and those of free objects too small for a list. Where the
 * two counts stand in a generation's description is proved by walking the lists, which must add up to the first.
 */
final class FreeObjects {
  /** So many of a generation are looked at, and of all together: on a fragmented heap there may be millions. */
  private static final int MOST_OF_ONE = 4096;
  private static final int MOST = 1 << 16;
  private static final int MOST_LISTS = 64;
  /** Beside its length a free object has, as an array, three words. */
  private static final long HEAD = 3 * Long.BYTES;
  /** By so much of each object walk and count may differ: an object's rest that is too small to be used. */
  private static final long REST = 64;
  private static final int LONGEST_DESCRIPTION = 128;

  private final ProcessMemory memory;
  private final ResidentPages resident;
  private final Layout layout;
  private int left = MOST;

  FreeObjects(ProcessMemory memory, ResidentPages resident, Layout layout) {
    this.memory = memory;
    this.resident = resident;
    this.layout = layout;
  }

  /**
   * Where in words a generation's description keeps them.
   *
   * @param lists the pointer to all lists but the first, which stands before it
   * @param listWords how long a list is, and {@code first} where in it is the first object
   * @param free the count of bytes on lists, behind which stands that of the others
   */
  record Layout(int lists, int listWords, int first, int howMany, int shift, int free) {
    private static final Layout OLD = new Layout(16, 3, 0, 11, 0, 21);

    /** From .NET 5 on the generation's own number stands behind the lists; of large and pinned objects -1 does. */
    static Optional<Layout> of(List<Generation> generations, boolean old) {
      if (old) {
        return Optional.of(OLD);
      }
      List<Long> oldest = generations.get(2).words();
      List<Long> large = generations.get(3).words();
      OptionalInt number = OptionalInt.empty();
      for (int i = 14; i < Math.min(oldest.size(), LONGEST_DESCRIPTION) - 7 && number.isEmpty(); i++) {
        boolean isNumber = oldest.get(i).intValue() == 2 && large.get(i).intValue() == -1 && oldest.get(i - 1) > 0
            && large.get(i - 1) > 0;
        number = isNumber ? OptionalInt.of(i) : OptionalInt.empty();
      }
      return number.isEmpty()
          ? Optional.empty()
          : Optional.of(new Layout(number.getAsInt() - 1, 5, 2, number.getAsInt() - 7, Integer.SIZE,
              number.getAsInt() + 6));
    }
  }

  /**
   * Bytes of one generation.
   *
   * @param absent of them not resident, as far as that is known
   * @param seen whether every one on the lists was looked at
   */
  record Free(long bytes, long absent, boolean seen) {}

  /** Empty where the lists and the counts differ, or are longer than the generation. */
  Optional<Free> of(Generation generation) {
    long listed = generation.words().get(layout.free());
    long unlisted = generation.words().get(layout.free() + 1);
    if (listed < 0 || unlisted < 0) {
      return Optional.empty();
    }
    int most = Math.min(left, MOST_OF_ONE);
    int count = 0;
    long bytes = 0;
    long absent = 0;
    for (long first : lists(generation.words())) {
      long at = first;
      while (at != 0 && count < most) {
        AddressRange object = object(at);
        if (object.isEmpty() || bytes > listed) {
          return Optional.empty();
        }
        count++;
        bytes += object.bytes();
        absent += object.bytes() - resident.presentBytes(object);
        at = memory.u64(at + 2 * Long.BYTES).orElse(-1);
      }
    }
    left -= count;
    boolean all = count < most;
    boolean agrees = bytes <= listed + REST && (!all || listed - bytes <= REST * (count + 1));
    return agrees ? Optional.of(new Free(listed + unlisted, absent, all)) : Optional.empty();
  }

  /** A free object lies in the heap, with all its bytes. */
  private AddressRange object(long at) {
    long length = at > 0 && at % Long.BYTES == 0 ? memory.u32(at + Long.BYTES).orElse(-1) : -1;
    AddressRange object = length < 0 ? new AddressRange(0, 0) : AddressRange.ofSize(at, HEAD + length);
    return resident.covers(object) ? object : new AddressRange(0, 0);
  }

  private List<Long> lists(List<Long> words) {
    List<Long> lists = new ArrayList<>();
    lists.add(words.get(layout.lists() - layout.listWords() + layout.first()));
    long count = Math.min(words.get(layout.howMany()) >>> layout.shift(), MOST_LISTS);
    for (int i = 0; i < count - 1; i++) {
      int word = i * layout.listWords() + layout.first();
      lists.add(memory.u64(words.get(layout.lists()) + (long) word * Long.BYTES).orElse(0));
    }
    return lists;
  }
}
