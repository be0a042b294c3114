package io.tare.ledger.rules;

import static io.tare.ledger.rules.Threshold.Unit.BYTES;
import static io.tare.ledger.rules.Threshold.Unit.SHARE;

/**
 * Every number that a rule compares with: the whole table. The ids are a public interface, the rule's id before the point.
 */
public enum Threshold {
  SMALLEST("any.smallest", 8L << 20, BYTES,
      "what is smaller is not worth a sentence, whatever its share"),
  STRENGTH_HIGH("any.high", 400, SHARE,
      "of RSS: from here on an account explains the weight by itself"),
  STRENGTH_MEDIUM("any.medium", 200, SHARE,
      "of RSS: from here on an account explains a good part"),
  REMEDY_LEAST("remedy.least", 1L << 20, BYTES,
      "what returns less is no remedy"),
  LIMIT_NEAR("near-limit.headroom", 200, SHARE,
      "of the limit: more room than this is no danger"),
  LIMIT_CLOSE("near-limit.close", 100, SHARE,
      "of the limit: less room than this is gone in a moment"),
  HEAP_FIT("heap-cannot-fit.fill", 900,
      SHARE, "of the room beside the rest that the heap may take; the tenth is slack"),
  HEAP_IDLE(
      "heap-idle.share", 100, SHARE,
      "of RSS: less idle heap is a collector's ordinary reserve"),
  GARBAGE(
      "garbage.share", 100, SHARE,
      "of RSS: less garbage is the ordinary state between two collections"),
  GARBAGE_SINCE(
      "garbage.since", 200, SHARE,
      "of RSS: so much must have come since the last collection to be worth saying"),
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
  MALLOC_TRAPPED(
      "malloc-retention.trapped", 500,
      SHARE,
      "of what is kept: if fewer are whole pages, trimming does not help"),
  STACKS(
      "thread-stacks.share", 100,
      SHARE,
      "of RSS: a few hundred ordinary threads stay below"),
  METASPACE(
      "metaspace.share",
      200, SHARE,
      "of RSS: large frameworks stay below"),
  CODE(
      "code-cache.share",
      200, SHARE,
      "of RSS: large frameworks stay below"),
  PYTHON_HEAP(
      "python-heap.share",
      350, SHARE,
      "of RSS: from here on the objects are what the process weighs"),
  V8_HEAP("v8-heap.share", 350, SHARE, "of RSS: from here on the objects are what the process weighs"),
  SCRIPT_HEAP("script-heap.share", 350, SHARE, "of RSS: from here on the objects are what the process weighs"),
  DOTNET_HEAP("dotnet-heap.share", 350, SHARE, "of RSS: from here on the objects are what the process weighs"),
  DATABASE_POOL("database-pool.share", 350, SHARE, "of RSS: from here on the pool is what the process weighs"),
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
  REMEDY_CHANCE("remedy.chance", 200, SHARE,
      "of what a remedy returns: where more is up to how much garbage lies there, or to a scavenger's pace, no figure is stated"),
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
