package io.tare.probe.metric;

import static io.tare.probe.metric.AfterGc.MAY_STAY;
import static io.tare.probe.metric.AfterGc.MUST_RETURN;
import static io.tare.probe.metric.AfterGc.NEVER_RETURNS;
import static io.tare.probe.metric.AfterGc.UNRELATED;
import static io.tare.probe.metric.Unit.BYTES;
import static io.tare.probe.metric.Unit.COUNT;
import static io.tare.probe.metric.Unit.MILLISECONDS;
import static io.tare.probe.metric.Unit.NANOSECONDS;

import io.tare.probe.MemoryStats;

/**
 * One number of a {@link MemoryStats} reading. Each carries its {@link Meaning}; {@link MemoryStats#explain()} prints all of
 * them. The order is the order of the MEMSTATS line; the first {@link io.tare.probe.marks.MarksLayout#STATS} are the ones
 * that a mark keeps, so that new metrics go behind them.
 */
public enum Metric {
  HEAP_USED("Alloc", BYTES,
      new Meaning("heap that holds objects: live ones and garbage not yet collected", "every allocation", "a GC",
          MUST_RETURN)), //
  TOTAL_ALLOCATED("TotalAlloc", BYTES,
      new Meaning("all that the threads ever allocated, since the start (JDK 21, late updates of 17)",
          "every allocation",
          "nothing", NEVER_RETURNS)), //
  COMMITTED("Sys", BYTES,
      new Meaning("what the JVM reports as taken from the OS: heap, metaspace, code cache, direct buffers",
          "growth of any of them", "heap given back after a GC, buffers released", MAY_STAY)), //
  HEAP_IDLE("HeapIdle", BYTES,
      new Meaning("heap taken from the OS that holds no object now", "a GC, heap growth", "allocation, heap given back",
          MAY_STAY)), //
  HEAP_COMMITTED("HeapSys", BYTES,
      new Meaning("heap taken from the OS", "a heap too small for what lives", "a GC that shrinks the heap",
          MAY_STAY)), //
  HEAP_MAX("HeapMax", BYTES,
      new Meaning("what the heap may grow to (-Xmx)", "nothing while running", "nothing while running", UNRELATED)), //
  HEAP_LIVE("Live", BYTES,
      new Meaning("heap in use right after the last GC: live objects, and what that GC did not look at",
          "objects that stay reachable", "a GC after references were dropped", MUST_RETURN)), //
  GC_RUNS("NumGC", COUNT, new Meaning("collections since the start", "a GC", "nothing", NEVER_RETURNS)), //
  GC_PAUSE("GCPause", MILLISECONDS,
      new Meaning("time that the program stood still for GC, in all", "a pause", "nothing", NEVER_RETURNS)), //
  THREADS("Threads", COUNT, new Meaning("platform threads alive", "a thread starts", "a thread ends", MUST_RETURN)), //
  CLASSES("Classes", COUNT,
      new Meaning("classes loaded now", "first use of a class, a lambda, a proxy", "a GC after its class loader died",
          MAY_STAY)), //
  DIRECT_BYTES("Direct", BYTES,
      new Meaning("memory of direct byte buffers", "ByteBuffer.allocateDirect", "a GC that finds the buffer dead",
          MUST_RETURN)), //
  MAPPED_BYTES("Mapped", BYTES,
      new Meaning("size of files mapped by buffers; only touched pages are resident", "FileChannel.map",
          "a GC that finds the buffer dead", MUST_RETURN)), //
  METASPACE_USED("Metaspace", BYTES,
      new Meaning("what classes take beside the heap", "class loading, first run of a method",
          "a GC after class loaders died", MAY_STAY)), //
  CODE_CACHE_USED("CodeCache", BYTES,
      new Meaning("machine code made by the JIT", "compilation", "code that is not used any more is dropped",
          MAY_STAY)), //
  THREAD_ALLOCATED("ThreadAlloc", BYTES,
      new Meaning("all that the current platform thread ever allocated", "this thread allocates", "nothing",
          NEVER_RETURNS)), //
  CLASSES_UNLOADED("ClassesUnloaded", COUNT,
      new Meaning("classes unloaded since the start", "a class loader dies", "nothing",
          NEVER_RETURNS)), //
  THREADS_PEAK("ThreadsPeak", COUNT,
      new Meaning("most platform threads alive at once", "a new peak", "nothing", NEVER_RETURNS)), //
  THREADS_STARTED("ThreadsStarted", COUNT,
      new Meaning("platform threads ever started", "a thread starts", "nothing", NEVER_RETURNS)), //
  VIRTUAL_THREADS_MOUNTED("VirtualMounted", COUNT,
      new Meaning("virtual threads on a carrier now (from JDK 24 on)", "a virtual thread runs",
          "it blocks or ends", UNRELATED)), //
  DIRECT_BUFFERS("DirectBuffers", COUNT,
      new Meaning("direct byte buffers alive", "ByteBuffer.allocateDirect", "a GC that finds the buffer dead",
          MUST_RETURN)), //
  MAPPED_BUFFERS("MappedBuffers", COUNT,
      new Meaning("mapped byte buffers alive", "FileChannel.map", "a GC that finds the buffer dead",
          MUST_RETURN)), //
  METASPACE_COMMITTED("MetaspaceSys", BYTES,
      new Meaning("metaspace taken from the OS", "class loading", "a GC after class loaders died",
          MAY_STAY)), //
  CODE_CACHE_COMMITTED("CodeCacheSys", BYTES,
      new Meaning("code cache taken from the OS", "compilation", "nothing", MAY_STAY)), //
  PROCESS_CPU("CPU", NANOSECONDS,
      new Meaning("processor time of the process, all threads", "any work", "nothing", NEVER_RETURNS)), //
  UPTIME("Uptime", MILLISECONDS, new Meaning("time since the JVM started", "time", "nothing", NEVER_RETURNS)), //
  RSS("RSS", BYTES,
      new Meaning("resident memory of the process: what the OS counts", "any page touched for the first time",
          "pages given back, swapped or dropped", MAY_STAY)), //
  RSS_ANON("RssAnon", BYTES,
      new Meaning("resident memory that only the process itself holds", "heap, malloc, stacks touched",
          "pages given back or swapped", MAY_STAY)), //
  RSS_FILE("RssFile", BYTES,
      new Meaning("resident pages of files: mapped data, libraries, class archives", "a mapped page is read",
          "the kernel drops it when memory is short", UNRELATED)), //
  RSS_SHARED("RssShmem", BYTES,
      new Meaning("resident shared memory: tmpfs, shared mappings, ZGC's heap", "a shared page is touched",
          "it is released", MAY_STAY)), //
  SWAP("Swap", BYTES, new Meaning("memory of the process that was moved to swap", "memory is short",
      "pages are used again", UNRELATED)), //
  CGROUP_USAGE("CgroupUsage", BYTES,
      new Meaning("what the container is charged for: processes, page cache, kernel", "any of them grows",
          "pages given back, cache dropped", MAY_STAY)), //
  CGROUP_LIMIT("CgroupLimit", BYTES,
      new Meaning("what the container may be charged before it is killed", "a new limit", "a new limit",
          UNRELATED)), //
  GC_GOAL("NextGC", BYTES,
      new Meaning(
          "heap in use at which the next collection begins; not with ZGC and Shenandoah, which begin earlier or later",
          "more that lives, a larger young generation", "less that lives, a smaller young generation", MAY_STAY)), //
  JAVA_STACKS("JavaStacks", BYTES,
      new Meaning("address space for the stacks of Java threads (-Xss each); only touched pages are resident",
          "a thread starts", "a thread ends", MUST_RETURN)), //
  OS_THREADS("OsThreads", COUNT,
      new Meaning("threads that the OS counts: those of Java, of the GC, of the compilers, of native libraries",
          "a thread starts", "a thread ends", MAY_STAY)), //
  NATIVE_STACKS("NativeStacks", BYTES,
      new Meaning(
          "address space for the stacks of the other threads (-XX:VMThreadStackSize each); only touched pages are resident",
          "a thread of the GC, the compilers or a library starts", "it ends", MAY_STAY));

  private final String key;
  private final Unit unit;
  @SuppressWarnings("ImmutableEnumChecker") // a record of strings and an enum
  private final Meaning meaning;

  Metric(String key, Unit unit, Meaning meaning) {
    this.key = key;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** The name in the MEMSTATS line. */
  public String key() {
    return key;
  }

  public Unit unit() {
    return unit;
  }

  public Meaning meaning() {
    return meaning;
  }

  /** Where the metric stands in an array of readings, and in a mark. */
  @SuppressWarnings("EnumOrdinal")
  public int index() {
    return ordinal();
  }
}
