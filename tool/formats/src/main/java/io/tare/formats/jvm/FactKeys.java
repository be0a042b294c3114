package io.tare.formats.jvm;

/** The keys of {@link io.tare.model.jvm.JvmLayout#facts()}, the same for every source. Sizes are decimal bytes. */
public final class FactKeys {
  private FactKeys() {}

  /** As the JVM prints it: {@code 25.0.3+9-LTS}. */
  public static final String VERSION = "version";

  /** Serial, Parallel, G1, ZGC, Shenandoah or Epsilon. */
  public static final String COLLECTOR = "collector";

  public static final String HEAP_MAX = "heap.max";
  public static final String HEAP_COMMITTED = "heap.committed";
  public static final String HEAP_USED = "heap.used";

  /** What the last collection in the JVM's own history left: an upper bound of live as of then. */
  public static final String HEAP_USED_AFTER_LAST_GC = "heap.usedAfterLastGc";

  public static final String GC_COUNT = "gc.count";

  /** How long before the reading the last collection ended. */
  public static final String GC_LAST_AGE_MILLIS = "gc.lastAgeMillis";

  public static final String METASPACE_USED = "metaspace.used";
  public static final String METASPACE_COMMITTED = "metaspace.committed";

  /** Of the metaspace figures, the share of compressed class space. */
  public static final String CLASS_SPACE_USED = "classspace.used";

  /** What the code cache holds, over all its segments. */
  public static final String CODE_USED = "code.used";

  public static final String MALLOC_OUTSTANDING = "malloc.outstanding";
  public static final String MALLOC_RETAINED = "malloc.retained";

  /** Followed by the flag's name: {@code flag.ThreadStackSize}. */
  public static final String FLAG = "flag.";
}
