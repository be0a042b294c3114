package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.hotspot.HeapRoots;
import io.tare.capture.memory.hotspot.HeapRoots.OnStack;
import io.tare.capture.memory.hotspot.HeapRoots.Oops;
import io.tare.capture.memory.hotspot.HeapRoots.References;
import io.tare.capture.memory.hotspot.HeapRoots.Shape;
import io.tare.capture.memory.hotspot.HotspotHeap;
import io.tare.capture.memory.hotspot.HotspotHeap.Collections;
import io.tare.capture.memory.hotspot.HotspotHeap.HeaderForm;
import io.tare.capture.memory.hotspot.HotspotHeap.HeapChanged;
import io.tare.capture.memory.hotspot.HotspotHeap.JavaClass;
import io.tare.capture.memory.hotspot.census.PartCount.Sum;
import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.jvm.HeapPart;
import io.tare.model.proc.Smaps;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Cost;
import io.tare.model.profile.TypeCensus.Live;
import io.tare.model.profile.TypeCensus.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which objects of a running JVM are reached from its roots, found from outside while the program goes on: no safepoint, no attach.
 *
 * <p>Every object that is found was reachable at some moment while this looked: it was pointed to by an object that was reachable then, and
 * what is unreachable is never changed again. So a root that is not known makes the answer smaller, and nothing makes it larger. What is
 * old stays where it is until the old generation is collected; what is young is moved by every collection, so all that was found of it is
 * forgotten after one and looked for again, from the roots and from the old objects that were seen to hold young ones.
 */
public final class HeapTrace {
  private static final int PAUSE_MILLIS = 2;
  private static final int MOVED = 3;
  private static final int COMPACT_CLASS_SHIFT = 42;
  private static final int MOST_REMEMBERED = 4 << 20;
  private static final int MOST_LENGTH = 1 << 30;

  private final HotspotHeap heap;
  private final HeapRoots roots;
  private final HeaderForm form;
  private final Oops oops;
  private final ClassTable classes;
  private final List<References> references = new ArrayList<>();
  private final MarkedHeap marks;
  private final ChunkCache cache;
  private final long deadline;
  private final Set<Long> loaders = new HashSet<>();
  private final Sum old = new Sum();
  private final Sum young = new Sum();
  private long[] remembered = new long[1 << 10];
  private int rememberedCount;
  private Collections epoch;
  private long unreadable;
  private int epochs;
  /** The stretch that is being looked at, and its words. */
  private int chunk = -1;
  private long chunkStart;
  private long[] words = {};
  private boolean isReadAnew;

  private HeapTrace(HotspotHeap heap, HeapRoots roots, MappingIndex mappings, Duration time) throws HeapChanged {
    this.heap = heap;
    this.roots = roots;
    this.form = heap.header();
    this.oops = roots.oops();
    this.deadline = System.nanoTime() + time.toNanos();
    this.classes = new ClassTable(heap::classAt);
    this.epoch = quiet();
    this.marks = new MarkedHeap(heap.parts(), heap.maxBytes().orElse(0));
    this.cache = new ChunkCache(new HeapWindow(heap.memory(), mappings, heap::elsewhere), marks);
  }

  /** Looks for as long as that at most; nothing where this heap can't be traced, or where its old generation was collected meanwhile. */
  public static Parsed<Optional<TypeCensus>> take(FileBackedMemory memory, Smaps smaps, Path procPid, Duration time) {
    long began = System.nanoTime();
    Duration cpu = cpu();
    List<Problem> problems = new ArrayList<>();
    MappingIndex mappings = new MappingIndex(smaps);
    Optional<HotspotHeap> heap = HotspotHeap.open(memory, mappings, procPid, message -> problems.add(problem(message)));
    if (heap.isEmpty()) {
      return new Parsed<>(Optional.empty(), problems);
    }
    Optional<HeapRoots> roots = heap.get().standsStill() ? heap.get().roots() : Optional.empty();
    if (roots.isEmpty()) {
      problems.add(problem(heap.get().standsStill()
          ? "this JVM's tables don't tell where objects keep their references"
          : heap.get().collector()
              + " moves objects while the program runs, so what lives can't be traced from outside;"
              + " it looks at the whole heap often by itself"));
      return new Parsed<>(Optional.empty(), problems);
    }
    try {
      HeapTrace trace = new HeapTrace(heap.get(), roots.get(), mappings, time);
      Truth truth = trace.run();
      Cost cost = new Cost((System.nanoTime() - began) / 1_000_000, cpu().minus(cpu).toMillis(),
          trace.cache.bytesSeen(), trace.epochs);
      return new Parsed<>(Optional.of(trace.sum(truth, cost)), problems);
    } catch (HeapChanged strange) {
      problems.add(problem("what lives can't be traced now: " + strange.getMessage()));
      return new Parsed<>(Optional.empty(), problems);
    }
  }

  private static Problem problem(String message) {
    return new Problem(ArtifactNames.CENSUS, "", message);
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private boolean isOver() {
    return System.nanoTime() - deadline >= 0 || heap.memory().budgetExceeded() || marks.isFull();
  }

  private Truth run() throws HeapChanged {
    Collections first = epoch;
    while (!isOver()) {
      epochs++;
      try {
        again();
        reachAll();
        boolean isWhole = heap.collections().equals(epoch) && !isOver();
        mustStand(first, heap.collections());
        if (isWhole) {
          return Truth.CONSISTENT;
        }
      } catch (Collected moved) {
        mustStand(first, quiet());
      }
      epoch = quiet();
      mustStand(first, epoch);
      cache.forget();
      chunk = -1;
      young.clear();
    }
    mustStand(first, heap.collections());
    return Truth.TORN;
  }

  /** What is old must lie where it lay, or it is another object that lies there. */
  private void mustStand(Collections first, Collections now) throws HeapChanged {
    if (now.full() != first.full() || !marks.collected(heap.parts())) {
      throw new HeapChanged("the old generation was collected meanwhile");
    }
  }

  /** A collection has begun: nothing young lies where it lay. */
  private static final class Collected extends Exception {
    private static final long serialVersionUID = 1L;

    Collected() {
      super("", null, false, false);
    }
  }

  /** All that is known to hold young objects: the roots, and of the old objects those that did. */
  private void again() throws HeapChanged, Collected {
    heap.memory().forget();
    loaders.add(roots.bootLoader());
    List.copyOf(loaders).forEach(loader -> roots.eachOf(loader, marks::reach));
    List<Long> guesses = new ArrayList<>();
    roots.threads(marks::reach, new OnStack() {
      @Override
      public void reference(long object) {
        // Checked as well: a thread that has run on meanwhile left the rest of another frame there.
        guesses.add(object);
      }

      @Override
      public void word(long word) {
        guesses.add(word);
      }
    });
    for (long word : guesses) {
      guess(word);
    }
    long[] holders = Arrays.copyOf(remembered, rememberedCount);
    rememberedCount = 0;
    for (long holder : holders) {
      if (marks.isReached(holder)) {
        moveTo(marks.chunkOf(holder));
        object(holder, false);
      }
    }
  }

  /** Reached if an object begins there: its header names a class. */
  private void guess(long address) throws Collected {
    if (marks.role(address) != MarkedHeap.NOTHING && (address & form.alignment() - 1) == 0
        && !marks.isReached(address)) {
      long mark = word(address);
      if (mark != 0 && (mark & MOVED) != MOVED && ClassTable.number(entryOf(address, mark)) >= 0) {
        marks.reach(address);
      }
    }
  }

  private void reachAll() throws Collected {
    for (int next = marks.nextWaiting(0); next >= 0 && !isOver(); next = marks.nextWaiting(next)) {
      moveTo(next);
      isReadAnew = false;
      long[] waiting = marks.pending(next);
      for (boolean isAny = true; isAny;) {
        isAny = false;
        for (int i = 0; i < waiting.length; i++) {
          while (waiting[i] != 0) {
            int bit = Long.numberOfTrailingZeros(waiting[i]);
            waiting[i] &= waiting[i] - 1;
            isAny = true;
            object(chunkStart + ((long) i << 9) + ((long) bit << 3), true);
          }
        }
      }
      marks.done(next);
    }
  }

  private void moveTo(int next) throws Collected {
    if (chunk != next) {
      words = load(next);
      chunk = next;
      chunkStart = marks.startOf(next);
    }
  }

  /** What was read of a young stretch is used only if no collection had begun by then. */
  private long[] load(int wanted) throws Collected {
    boolean isNew = !cache.holds(wanted);
    long[] loaded = cache.words(wanted);
    if (isNew && marks.roleOf(wanted) == MarkedHeap.YOUNG) {
      try {
        if (!heap.collections().equals(epoch)) {
          throw new Collected();
        }
      } catch (HeapChanged unreadable) {
        throw new Collected();
      }
    }
    return loaded;
  }

  private long word(long address) throws Collected {
    long within = address - chunkStart;
    if (chunk >= 0 && within >= 0 && within < MarkedHeap.CHUNK_BYTES) {
      return words[(int) within >> 3];
    }
    int other = marks.chunkOf(address);
    return other < 0 || other >= marks.chunks() ? 0 : load(other)[(int) (address & MarkedHeap.CHUNK_BYTES - 1) >> 3];
  }

  private int half(long address) throws Collected {
    return (int) (word(address) >>> HeapWindow.halfShift(address));
  }

  private long entryOf(long object, long mark) throws Collected {
    long key = form.isCompact()
        ? mark >>> COMPACT_CLASS_SHIFT
        : form.isNarrow() ? half(object + 8) & 0xffff_ffffL : word(object + 8);
    long entry = classes.entry(key);
    if (ClassTable.number(entry) == references.size()) {
      references.add(roots.referencesOf(key));
    }
    return entry;
  }

  private void object(long at, boolean counts) throws Collected {
    long mark = word(at);
    long entry = mark == 0 || (mark & MOVED) == MOVED ? (long) ClassTable.NONE << Integer.SIZE : entryOf(at, mark);
    int number = ClassTable.number(entry);
    long size = number < 0 ? -1 : size(at, number, ClassTable.layout(entry));
    if (size < 8) {
      strange(at, counts);
      return;
    }
    boolean isYoung = marks.roleOf(chunk) == MarkedHeap.YOUNG;
    if (counts) {
      Sum sum = isYoung ? young : old;
      long[] sums = sum.sumsFor(number + 1);
      sums[2 * number]++;
      sums[2 * number + 1] += size;
    }
    References of = references.get(number);
    if (of.loader() != 0 && loaders.add(of.loader())) {
      roots.eachOf(of.loader(), marks::reach);
    }
    // A stack in the heap is written without any collection: it is looked at again each time.
    boolean isStack = of.shape() == Shape.STACK;
    if (isStack && !isYoung) {
      remember(at);
    }
    if (follow(at, of) && !isYoung && !isStack) {
      remember(at);
    }
  }

  /** What was allocated after its stretch had been read is seen when that is read again. */
  private void strange(long at, boolean counts) throws Collected {
    if (isReadAnew || !counts) {
      unreadable++;
      return;
    }
    int same = chunk;
    isReadAnew = true;
    cache.forget(same);
    chunk = -1;
    moveTo(same);
    object(at, true);
  }

  private long size(long at, int number, int layout) throws Collected {
    if (layout > 0) {
      return layout;
    }
    if (layout < 0) {
      int length = half(at + form.lengthAt());
      long round = form.alignment() - 1L;
      return length < 0 ? -1 : ((long) length << (layout & 0xff)) + (layout >> 16 & 0xff) + round & ~round;
    }
    JavaClass own = classes.classes().get(number);
    long told = half(at + own.ownSizeAt());
    return told <= 0 ? -1 : own.isStack() ? ObjectWalk.stackBytes(form, own.layout() & ~7L, told) : told * 8;
  }

  /** Reaches what the object refers to; whether any of it is young. */
  private boolean follow(long at, References of) throws Collected {
    boolean holdsYoung = false;
    int[] places = of.places();
    for (int i = 0; i < places.length; i += 2) {
      holdsYoung |= span(at + places[i], places[i + 1]);
    }
    if (of.shape() == Shape.REFERENCES) {
      holdsYoung |= span(at + of.bodyAt(), Math.clamp(half(at + form.lengthAt()), 0, MOST_LENGTH));
    } else if (of.shape() == Shape.MIRROR) {
      holdsYoung |= span(at + of.bodyAt(), Math.clamp(half(at + roots.mirrorCountAt()), 0, 1 << 16));
      long loader = roots.loaderOf(word(at + roots.mirrorKlassAt()));
      if (loader != 0 && loaders.add(loader)) {
        roots.eachOf(loader, marks::reach);
      }
    } else if (of.shape() == Shape.STACK) {
      stack(at, of);
    }
    return holdsYoung;
  }

  /**
   * One that a collection has moved says in a map behind it where it holds references, and holds them as fields do. One that was written
   * since then holds them as a thread's stack does, and says nothing.
   */
  private void stack(long at, References of) throws Collected {
    int from = Math.max(0, half(at + of.topAt()));
    int to = half(at + classes.classes().get(ClassTable.number(entryOf(at, word(at)))).ownSizeAt());
    long body = at + of.bodyAt();
    boolean hasMap = marks.role(at) == MarkedHeap.OLD;
    for (int i = from; i < to; i++) {
      long place = body + 8L * i;
      if (!hasMap) {
        guess(word(place));
      }
      if (oops.isNarrow()) {
        narrow(place, !hasMap || isMarked(body, to, 2 * i));
        narrow(place + Integer.BYTES, !hasMap || isMarked(body, to, 2 * i + 1));
      } else if (hasMap && isMarked(body, to, i)) {
        guess(word(place));
      }
    }
  }

  private void narrow(long place, boolean isReference) throws Collected {
    if (isReference) {
      guess(full(half(place) & 0xffff_ffffL));
    }
  }

  private boolean isMarked(long body, int words, int bit) throws Collected {
    return (word(body + 8L * words + 8L * (bit >> 6)) & 1L << bit) != 0;
  }

  /** So many references from an address on. */
  private boolean span(long from, int count) throws Collected {
    int shift = oops.isNarrow() ? 2 : 3;
    boolean holdsYoung = false;
    long at = from;
    long end = from + ((long) count << shift);
    while (at < end) {
      long within = at - chunkStart;
      boolean isHere = within >= 0 && within < MarkedHeap.CHUNK_BYTES;
      long start = isHere ? chunkStart : at & -MarkedHeap.CHUNK_BYTES;
      int other = marks.chunkOf(at);
      if (other < 0 || other >= marks.chunks()) {
        return holdsYoung;
      }
      long[] there = isHere ? words : load(other);
      long stop = Math.min(end, start + MarkedHeap.CHUNK_BYTES);
      for (; at < stop; at += 1L << shift) {
        long word = there[(int) (at - start) >> 3];
        long target = oops.isNarrow() ? full(word >>> HeapWindow.halfShift(at) & 0xffff_ffffL) : word;
        if (target != 0) {
          holdsYoung |= marks.reach(target) == MarkedHeap.YOUNG;
        }
      }
    }
    return holdsYoung;
  }

  private long full(long narrow) {
    return narrow == 0 ? 0 : oops.base() + (narrow << oops.shift());
  }

  private void remember(long holder) {
    if (rememberedCount == remembered.length && rememberedCount < MOST_REMEMBERED) {
      remembered = Arrays.copyOf(remembered, 2 * rememberedCount);
    }
    if (rememberedCount < remembered.length) {
      remembered[rememberedCount++] = holder;
    }
  }

  /** Waits until no collection is running. */
  private Collections quiet() throws HeapChanged {
    Collections now = heap.collections();
    while (now.isActive() && System.nanoTime() - deadline < 0) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return now;
      }
      now = heap.collections();
    }
    return now;
  }

  private TypeCensus sum(Truth truth, Cost cost) throws HeapChanged {
    long used = heap.parts().stream()
        .filter(part -> marks.role(part.bottom()) != MarkedHeap.NOTHING && !HeapShape.isYoung(part))
        .mapToLong(HeapPart::usedBytes).sum();
    PartCount oldOnes = old.take();
    Sum sum = new Sum();
    sum.add(oldOnes);
    sum.add(young.take());
    return new TypeCensus("hotspot", truth, 1, ClassNames.counts(classes.classes(), sum), 0, cost)
        .live(new Live(Arrays.stream(oldOnes.bytes()).sum(), used, roots.unreadStacks(), unreadable));
  }
}
