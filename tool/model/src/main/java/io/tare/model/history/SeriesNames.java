package io.tare.model.history;

/** Series that are not accounts of the ledger. */
public final class SeriesNames {
  public static final String RSS = "rss";
  public static final String RSS_PEAK = "rss.peak";
  public static final String RSS_ANON = "rss.anon";
  public static final String RSS_FILE = "rss.file";
  public static final String RSS_SHARED = "rss.shared";
  public static final String SWAP = "swap";
  public static final String CGROUP_USAGE = "cgroup.usage";
  public static final String CGROUP_FILE = "cgroup.file";
  public static final String WORKING_SET = "cgroup.working-set";
  /** At most this is net. */
  public static final String NET = "net";
  /** At least this is net. */
  public static final String NET_LEAST = "net.least";
  /** Used heap right after a collection: the floor that a leak lifts. One point per collection seen. */
  public static final String HEAP_FLOOR = "heap.floor";
  public static final String HEAP_USED = "heap.used.now";
  public static final String HEAP_COMMITTED = "heap.committed";
  public static final String ALLOCATED = "heap.allocated";
  public static final String GC_RUNS = "gc.runs";
  /**
   * Collections that looked at the old generation too: full ones, the end of G1's concurrent marking, each of ZGC's and
   * Shenandoah's, ZGC's major ones. Between two of them {@link #HEAP_FLOOR} may rise by garbage that young collections left.
   */
  public static final String GC_WHOLE_RUNS = "gc.runs.whole";
  /** Of these the ones that compacted everything, and left what lives and nothing else, where a collector has such. */
  public static final String GC_FULL_RUNS = "gc.runs.full";
  public static final String GC_NANOS = "gc.time";
  /** Which collector: {@link SampleColumn.Collector#code}. */
  public static final String GC_KIND = "gc.kind";
  /** So much of the old generation was reached from the program's roots: it lives, whatever else there may be. */
  public static final String OLD_REACHED = "heap.old.reached";
  /** The most that the old generation may grow to; G1 has no such bound of its own. */
  public static final String OLD_MOST = "heap.old.most";
  /** At this part of the heap G1 begins to mark, in percent. */
  public static final String GC_START_PERCENT = "gc.start-percent";
  /** This part of the heap may stay garbage after a collection of the whole, in percent. */
  public static final String GC_WASTE_PERCENT = "gc.waste-percent";
  public static final String THREADS = "threads";
  public static final String CLASSES = "classes";
  public static final String FILE_DESCRIPTORS = "fds";
  public static final String CPU_NANOS = "cpu.time";
  public static final String MAJOR_FAULTS = "faults.major";
  public static final String GROUP_WAIT_NANOS = "cgroup.memory-wait";
  public static final String MACHINE_WAIT_NANOS = "machine.memory-wait";
  public static final String SWAPPED_IN = "cgroup.swapped-in";
  /** RSS with each shared page divided among those who have it. */
  public static final String PSS = "pss";

  private SeriesNames() {}
}
