package io.tare.ledger.rules;

import static io.tare.ledger.rules.Threshold.Unit.BYTES;
import static io.tare.ledger.rules.Threshold.Unit.SHARE;

/**
 * Every number that a rule compares with: the whole table. The ids are a public interface, the rule's id before the point. What a
 * remedy returns is a rule of thumb wherever its reason says so.
 */
public enum Threshold {
  SMALLEST("any.smallest", 8L << 20, BYTES,
      "what is smaller is not worth a sentence, whatever its share"),
  STRENGTH_HIGH("any.high", 400, SHARE,
      "of RSS: from here on an account explains the weight by itself"),
  STRENGTH_MEDIUM("any.medium", 200, SHARE,
      "of RSS: from here on an account explains a good part"),
  LIMIT_NEAR("near-limit.headroom", 200, SHARE,
      "of the limit: more room than this is no danger"),
  LIMIT_CLOSE("near-limit.close", 100, SHARE,
      "of the limit: less room than this is gone in a moment"),
  HEAP_FIT("heap-cannot-fit.fill", 900,
      SHARE, "of the room beside the rest that the heap may take; the tenth is slack"),
  HEAP_IDLE(
      "heap-idle.share", 100, SHARE,
      "of RSS: less idle heap is a collector's ordinary reserve"),
  HEAP_IDLE_RETURN_G1(
      "heap-idle.return-g1", 700, SHARE,
      "of idle heap that G1 gives back: a rule of thumb"),
  HEAP_IDLE_RETURN_ZGC(
      "heap-idle.return-zgc", 800, SHARE,
      "of idle heap that ZGC gives back: a rule of thumb"),
  HEAP_IDLE_RETURN_SHENANDOAH(
      "heap-idle.return-shenandoah", 800, SHARE,
      "of idle heap that Shenandoah gives back: a rule of thumb"),
  HEAP_IDLE_RETURN_FULL(
      "heap-idle.return-full", 500, SHARE,
      "of idle heap that a full collection of Serial or Parallel gives back: a rule of thumb"),
  GARBAGE(
      "garbage.share", 100, SHARE,
      "of RSS: less garbage is the ordinary state between two collections"),
  GARBAGE_SINCE(
      "garbage.since", 200, SHARE,
      "of RSS: so much must have come since the last collection to be worth saying"),
  GARBAGE_RETURN(
      "garbage.return", 500, SHARE,
      "of garbage that a smaller heap avoids: a rule of thumb"),
  HEAP_LIVE(
      "live-heap.share", 350, SHARE,
      "of RSS: from here on the objects are what the process weighs"),
  NATIVE_OF_JVM(
      "native-in-use.share-jvm", 250, SHARE,
      "of RSS: most JVMs stay below"),
  NATIVE(
      "native-in-use.share", 500, SHARE,
      "of RSS: a native program's own memory is its ordinary weight"),
  MALLOC_IDLE(
      "malloc-retention.share", 100, SHARE,
      "of RSS: every allocator keeps a little"),
  MALLOC_RETURN_ARENAS(
      "malloc-retention.return-arenas", 700,
      SHARE,
      "of free whole pages that fewer arenas avoid: a rule of thumb"),
  MALLOC_TRAPPED(
      "malloc-retention.trapped", 500,
      SHARE,
      "of what is kept: if fewer are whole pages, trimming does not help"),
  MALLOC_RETURN_APART(
      "malloc-retention.return-apart",
      500, SHARE,
      "of free bytes between blocks in use that keeping blocks apart avoids: a rule of thumb"),
  STACKS(
      "thread-stacks.share", 100,
      SHARE,
      "of RSS: a few hundred ordinary threads stay below"),
  STACKS_RETURN(
      "thread-stacks.return",
      700, SHARE,
      "of stacks that fewer threads avoid: a rule of thumb"),
  METASPACE(
      "metaspace.share",
      200, SHARE,
      "of RSS: large frameworks stay below"),
  CODE(
      "code-cache.share",
      200, SHARE,
      "of RSS: large frameworks stay below"),
  CODE_RETURN(
      "code-cache.return",
      500, SHARE,
      "of compiled code that compiling less avoids: a rule of thumb"),
  PYTHON_HEAP(
      "python-heap.share",
      350, SHARE,
      "of RSS: from here on the objects are what the process weighs"),
  V8_HEAP("v8-heap.share", 350, SHARE, "of RSS: from here on the objects are what the process weighs"),
  MAPPED(
      "mapped-files.share",
      250,
      SHARE,
      "of RSS: from here on RSS misleads about what the program allocated"),
  PAGE_CACHE(
      "page-cache.share",
      300,
      SHARE,
      "of the group's charge: from here on the charge misleads"),
  PAGE_CACHE_OWN(
      "page-cache.own",
      100,
      SHARE,
      "of the group's charge: a smaller process hardly matters in a group without a limit"),
  SHARED(
      "shared-memory.share",
      200,
      SHARE,
      "of RSS: from here on adding up RSS over processes misleads"),
  UNEXPLAINED("unexplained.share", 5, SHARE, "of RSS: less is rounding, and movement between two looks"),
  UNKNOWN_USE("unknown-use.share", 100, SHARE, "of RSS: from here on net is too wide a range to be read as a number"),
  RUNTIME_IDLE(
      "runtime-idle.share",
      100,
      SHARE,
      "of RSS: every runtime keeps a little"),
  GO_RETAINED("runtime-idle.go-retained", 100, SHARE,
      "that Go's scavenger keeps on purpose above what the next collection will reach"),
  GO_HEAP("go-heap.share", 350, SHARE,
      "of RSS: from here on the heap is what the process weighs"),
  GO_STACKS("go-stacks.share", 100, SHARE,
      "of RSS: some thousand goroutines that wait stay below"),
  LEAK_LEAST(
      "leak.least",
      2L << 20,
      BYTES,
      "over the time judged: native memory that grew by less is an allocator's and a small cache's noise");

  /** What a value counts. Shares are kept in tenths of a percent, so that all arithmetic is whole. */
  public enum Unit {
    SHARE, BYTES
  }

  private final String id;
  private final long value;
  private final Unit unit;
  private final String reason;

  Threshold(String id, long value, Unit unit, String reason) {
    this.id = id;
    this.value = value;
    this.unit = unit;
    this.reason = reason;
  }

  public String id() {
    return id;
  }

  public long defaultValue() {
    return value;
  }

  public Unit unit() {
    return unit;
  }

  public String reason() {
    return reason;
  }
}
