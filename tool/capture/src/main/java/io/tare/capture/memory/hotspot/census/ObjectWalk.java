package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.hotspot.HotspotHeap.Buffer;
import io.tare.capture.memory.hotspot.HotspotHeap.HeaderForm;
import io.tare.capture.memory.hotspot.HotspotHeap.JavaClass;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * From object to object: each names its class, and the class or the object tells where the next one begins. Where a header makes no sense,
 * which is where a thread is about to write one, the walk goes on behind the thread's buffer, or at the next place from which objects follow
 * one another.
 */
final class ObjectWalk {
  private static final int HEADER_BYTES = 24;
  /** Objects in a row that make a place believable after one that was not. */
  private static final int PROOF = 3;
  private static final long LOOK_UP = 0xfff8;
  private static final int MOVED = 3;
  private static final int COMPACT_CLASS_SHIFT = 42;
  private static final int GUESSES = 1 << 12;

  private final HeaderForm form;
  private final ClassTable classes;
  private final HeapWindow window;
  private final BooleanSupplier isOver;
  private final PartCount.Sum sum = new PartCount.Sum();
  /** The size of the object that followed the last time, by those of the few before. */
  private final long[] guesses = new long[GUESSES];
  private List<Buffer> buffers = List.of();

  ObjectWalk(HeaderForm form, ClassTable classes, HeapWindow window, BooleanSupplier isOver) {
    this.form = form;
    this.classes = classes;
    this.window = window;
    this.isOver = isOver;
  }

  HeapWindow window() {
    return window;
  }

  /** Where threads allocate: what lies between such a buffer's top and its end is no object. */
  void buffers(List<Buffer> now) {
    buffers = now;
  }

  /** All objects between two addresses, of which the first begins at {@code bottom}; {@code step} is how far apart they begin at least. */
  PartCount walk(long bottom, long top, long step) {
    sum.clear();
    window.forget();
    long at = bottom;
    int next = firstBufferFrom(bottom);
    while (at < top && !isOver.getAsBoolean()) {
      Buffer buffer = next < buffers.size() ? buffers.get(next) : new Buffer(top, top, top);
      if (at >= buffer.end()) {
        next++;
        continue;
      }
      if (at >= buffer.top()) {
        at = Math.min(top, buffer.end());
        next++;
        continue;
      }
      long stop = Math.min(top, buffer.top());
      at = walkObjects(at, stop, top, step);
      if (at < stop) {
        long good = at >= buffer.start() ? stop : nextObject(at, stop, top);
        sum.unparsed(good - at);
        at = good;
      }
    }
    sum.unparsed(Math.max(0, top - at));
    return sum.take();
  }

  private int firstBufferFrom(long bottom) {
    int index = 0;
    while (index < buffers.size() && buffers.get(index).end() <= bottom) {
      index++;
    }
    return index;
  }

  /** Returns where the next object would begin; before {@code stop} when there is none. */
  private long walkObjects(long from, long stop, long top, long step) {
    long at = from;
    while (at < stop) {
      if (at < window.start() || (at + HEADER_BYTES > window.end() && window.end() < top)) {
        if (isOver.getAsBoolean()) {
          return at;
        }
        window.moveTo(at, top);
      }
      long limit = Math.min(stop, window.end() < top ? window.end() - HEADER_BYTES + 1 : stop);
      at = step > 8 ? at : plainObjects(at, limit, stop);
      if (at < limit) {
        long size = anyObject(at, stop);
        if (size < 0) {
          return at;
        }
        at += size;
        if (step > 8) {
          at = at + step - 1 & -step;
        }
      }
    }
    return at;
  }

  /**
   * The loop that runs once an object, up to one that is not as nearly all are: everything is local, and nothing is called. Where the next
   * object begins is known only after the class has been looked up; a guess, by the sizes before, lets the processor go on meanwhile. It is
   * right as often as a heap repeats itself.
   */
  private long plainObjects(long from, long limit, long stop) {
    long[] words = window.words();
    long[] slots = classes.slots();
    long[] sums = sum.sumsFor(classes.classes().size());
    long[] guesses = this.guesses;
    long start = window.start();
    int classWord = form.isCompact() ? 0 : 1;
    int classShift = form.isCompact() ? COMPACT_CLASS_SHIFT : form.isNarrow() ? HeapWindow.halfShift(8) : 0;
    long classBits = form.isNarrow() ? 0xffff_ffffL : -1;
    int lengthWord = form.lengthAt() >> 3;
    int lengthShift = HeapWindow.halfShift(form.lengthAt());
    int mask = slots.length - 2;
    long round = form.alignment() - 1L;
    int before = 0;
    long at = from;
    while (at < limit) {
      int index = (int) (at - start) >> 3;
      long key = (words[index + classWord] >>> classShift) & classBits;
      int slot = (int) ((key * ClassTable.MIX) >>> ClassTable.MIX_SHIFT) & mask;
      while (slots[slot] != key && slots[slot] != 0) {
        slot = (slot + 2) & mask;
      }
      // Zero, and so of its own size, where the class is not known yet.
      long entry = slots[slot + 1];
      int layout = (int) entry;
      if ((words[index] & MOVED) == MOVED || layout == ClassTable.OWN_SIZE) {
        return at;
      }
      long size = layout;
      if (layout < 0) {
        int length = (int) (words[index + lengthWord] >>> lengthShift);
        size = ((long) length << (layout & 0xff)) + (layout >> 16 & 0xff) + round & ~round;
        if (size < 8) {
          return at;
        }
      }
      if (size > stop - at) {
        return at;
      }
      int number = (int) (entry >>> (Integer.SIZE - 1)) & ~1;
      sums[number]++;
      sums[number + 1] += size;
      long guess = guesses[before];
      if (size == guess) {
        at += guess;
        before = ((before << 3) ^ ((int) guess >> 3)) & (GUESSES - 1);
      } else {
        guesses[before] = size;
        at += size;
        before = ((before << 3) ^ ((int) size >> 3)) & (GUESSES - 1);
      }
    }
    return at;
  }

  /** The size of any object after it has been counted; below zero where there is none. */
  private long anyObject(long at, long stop) {
    long mark = window.word(at);
    boolean isMoved = (mark & MOVED) == MOVED;
    long entry = isMoved && form.isCompact() ? classes.entry(keyOfMoved(mark)) : entryAt(at);
    long size = size(at, entry);
    if (size < 8 || size > stop - at) {
      return -1;
    }
    if (!isMoved) {
      int number = ClassTable.number(entry);
      long[] sums = sum.sumsFor(number + 1);
      sums[2 * number]++;
      sums[2 * number + 1] += size;
    }
    return size;
  }

  /** Shenandoah writes the new place of a moved object over its header; with compact headers that hides the class, which is there still. */
  private long keyOfMoved(long mark) {
    long target = mark & ~(long) MOVED & (1L << COMPACT_CLASS_SHIFT) - 1;
    return window.holds(target, 8)
        ? window.word(target) >>> COMPACT_CLASS_SHIFT
        : window.otherWord(target) >>> COMPACT_CLASS_SHIFT;
  }

  private long ownSize(long object, int number) {
    JavaClass own = classes.classes().get(number);
    long toldAt = object + own.ownSizeAt();
    long told = window.holds(toldAt, Integer.BYTES) ? window.halfWord(toldAt) : window.otherHalfWord(toldAt);
    if (told <= 0) {
      return -1;
    }
    if (!own.isStack()) {
      return told * 8;
    }
    return stackBytes(form, own.layout() & ~7L, told);
  }

  /** The stack of a virtual thread with so many words, and the bits behind it that say which of them are references. */
  static long stackBytes(HeaderForm form, long head, long words) {
    long bitmapWords = (words * form.bitsPerChunkWord() + 63) / 64;
    return head + 8 * (words + bitmapWords) + form.alignment() - 1 & -form.alignment();
  }

  /** The next place from which a few objects follow one another, or that leads to the end; pages that are absent are passed over. */
  private long nextObject(long bad, long stop, long top) {
    long at = bad + 8;
    while (at < stop && ((at & LOOK_UP) != 0 || !isOver.getAsBoolean())) {
      if (!window.holds(at, HEADER_BYTES) && window.end() < top) {
        window.moveTo(at, top);
      }
      if (isStart(at, stop)) {
        return at;
      }
      at += 8;
    }
    return Math.min(at, stop);
  }

  private boolean isStart(long from, long stop) {
    long at = from;
    for (int proof = 0; proof < PROOF; proof++) {
      if (at == stop) {
        return true;
      }
      if (!window.holds(at, HEADER_BYTES)) {
        return proof > 1;
      }
      long size = size(at);
      if (size < 8 || size > stop - at) {
        return false;
      }
      at += size;
    }
    return true;
  }

  private long size(long at) {
    long mark = window.word(at);
    return mark == 0 || (mark & MOVED) == MOVED ? -1 : size(at, entryAt(at));
  }

  private long size(long at, long entry) {
    int number = ClassTable.number(entry);
    if (number < 0) {
      return -1;
    }
    int layout = ClassTable.layout(entry);
    if (layout >= 0) {
      return layout == ClassTable.OWN_SIZE ? ownSize(at, number) : layout;
    }
    int length = window.halfWord(at + form.lengthAt());
    long round = form.alignment() - 1L;
    return length < 0 ? -1 : ((long) length << (layout & 0xff)) + (layout >> 16 & 0xff) + round & ~round;
  }

  private long entryAt(long at) {
    return classes.entry(form.isCompact()
        ? window.word(at) >>> COMPACT_CLASS_SHIFT
        : form.isNarrow() ? window.halfWord(at + 8) & 0xffff_ffffL : window.word(at + 8));
  }

  /** One object that has a part of the heap for itself. */
  PartCount single(long bottom, long top) {
    window.moveTo(bottom, Math.min(top, bottom + window.pageBytes()));
    int number = window.holds(bottom, HEADER_BYTES) ? ClassTable.number(entryAt(bottom)) : ClassTable.NONE;
    long size = number < 0 ? -1 : size(bottom);
    return size < 8 || size > top - bottom
        ? new PartCount(new int[0], new long[0], new long[0], top - bottom)
        : new PartCount(new int[] {number}, new long[] {1}, new long[] {size}, 0);
  }
}
