package io.tare.cases.faults.table;

import io.tare.cases.faults.classes.ClassLoaders;
import io.tare.cases.faults.classes.CodeCache;
import io.tare.cases.faults.files.DirtyMappedFile;
import io.tare.cases.faults.files.MappedFile;
import io.tare.cases.faults.files.PageCache;
import io.tare.cases.faults.files.SharedMemory;
import io.tare.cases.faults.heap.GarbageBurst;
import io.tare.cases.faults.heap.HugePages;
import io.tare.cases.faults.heap.Humongous;
import io.tare.cases.faults.heap.IdleHeap;
import io.tare.cases.faults.heap.Leaky;
import io.tare.cases.faults.heap.LiveHeap;
import io.tare.cases.faults.heap.Strings;
import io.tare.cases.faults.heap.UntouchedHeap;
import io.tare.cases.faults.offheap.DirectBuffers;
import io.tare.cases.faults.offheap.Fragmentation;
import io.tare.cases.faults.offheap.Inflaters;
import io.tare.cases.faults.offheap.Jemalloc;
import io.tare.cases.faults.offheap.SmallMallocs;
import io.tare.cases.faults.offheap.UnsafeBlocks;
import io.tare.cases.faults.scene.Situation;
import io.tare.cases.faults.table.Program.Jvm;
import io.tare.cases.faults.table.Program.Native;
import io.tare.cases.faults.table.Program.Need;
import io.tare.cases.faults.table.Program.Toolchain;
import io.tare.cases.faults.threads.CachedStacks;
import io.tare.cases.faults.threads.DeepStacks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All faults, in the order in which a reader should meet them. */
public final class FaultTable {
  /** Hardly used, and so large that ZGC, which starts to collect at a tenth, lets it be. */
  private static final JvmFlags QUIET_HEAP = size -> List.of("-Xmx256m");
  private static final JvmFlags MANY_THREADS = size -> List.of("-Xmx512m");
  private static final JvmFlags ROOMY = JvmFlags.heapUpTo(2);
  /** After a collection the heap is hardly larger than what lives, so that what lives is the largest part. */
  private static final JvmFlags CLOSE = ROOMY.and("-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=20").exact();
  private static final String LIVE_HEAP = "live-heap";
  private static final String NATIVE_IN_USE = "native-in-use";
  private static final String ALLOCATOR_RETENTION = "malloc-retention";
  private static final String CLASS_METADATA = "metaspace";
  private static final String THREAD_STACKS = "thread-stacks";
  private static final String MAPPED_FILES = "mapped-files";
  private static final String HEAP_IDLE = "heap-idle";
  private static final String[] MALLOC = {"malloc.used", "malloc.mmapped"};

  private FaultTable() {}

  public static List<Fault> all() {
    return Stream.of(heap(), offHeap(), threadsAndClasses(), files(), natives()).flatMap(List::stream).toList();
  }

  public static Optional<Fault> byName(String name) {
    return all().stream().filter(fault -> fault.name().equals(name)).findFirst();
  }

  private static List<Fault> heap() {
    return List.of(
        fault("leaky", "A cache without eviction, direct buffers kept, and garbage", jvm(Leaky::create, ROOMY))
            .about("heap.used", "malloc.used", "malloc.mmapped"),
        fault("live-heap", "A heap full of objects that are all needed", jvm(LiveHeap::create, CLOSE))
            .about("heap.used", "heap.live").expecting(LIVE_HEAP),
        fault("garbage-burst", "Garbage after a burst, waiting for a collection that nothing calls for",
            jvm(GarbageBurst::create, JvmFlags.heapUpTo(12).exact())).about("heap.used", "heap.garbage", "heap.live"),
        fault("idle-heap", "A heap that a burst filled and a collection emptied, still resident",
            jvm(IdleHeap::create, JvmFlags.heapOf(2).exact())).about("heap.idle").expecting(HEAP_IDLE),
        fault("strings", "A heap of strings that mostly say the same", jvm(Strings::create, CLOSE))
            .about("heap.used", "heap.live").expecting(LIVE_HEAP),
        fault("humongous", "Arrays that take a G1 region each and waste its end",
            jvm(Humongous::create, ROOMY.and("-XX:G1HeapRegionSize=1m")).only("G1")).about("heap.used"),
        fault("always-pretouch", "A heap that is resident from the start and holds almost nothing",
            jvm(UntouchedHeap::create, size -> List.of("-Xms" + size, "-Xmx" + size, "-XX:+AlwaysPreTouch")))
            .about("heap.idle").expecting(HEAP_IDLE),
        fault("thp", "A live heap on transparent huge pages",
            jvm(HugePages::create, JvmFlags.heapOf(2).and("-XX:+UseTransparentHugePages"))).about("heap.used"),
        fault("zgc-triple", "A heap that ZGC maps three times, so that RSS counts it up to three times",
            jvm(LiveHeap::create, ROOMY).only("Z").needing(Need.ZGC_THAT_MAPS_THREE_TIMES)).about("heap.duplicate")
            .expecting("heap-multimapped"));
  }

  private static List<Fault> offHeap() {
    return List.of(
        fault("direct-buffers", "Direct buffers of 1 MB that are kept",
            jvm(DirectBuffers::create, size -> List.of("-Xmx256m", "-XX:MaxDirectMemorySize=" + 2 * size)))
            .about(MALLOC).expecting(NATIVE_IN_USE),
        fault("small-mallocs", "Very many small native blocks", jvm(SmallMallocs::create, QUIET_HEAP))
            .about("malloc.used").expecting(NATIVE_IN_USE),
        fault("unsafe-blocks", "Native blocks of 4 MB that no buffer pool counts",
            jvm(UnsafeBlocks::create, QUIET_HEAP)).about(MALLOC).expecting(NATIVE_IN_USE),
        fault("glibc-fragmentation", "Eight threads that each free every other one of their native blocks",
            jvm(Fragmentation::create, QUIET_HEAP)).about("malloc.idle", "malloc.used")
            .expecting(ALLOCATOR_RETENTION),
        fault("inflaters", "Inflaters that were used and never ended", jvm(Inflaters::create, QUIET_HEAP))
            .about("malloc.used").expecting(NATIVE_IN_USE),
        fault("jemalloc", "Small native blocks in a JVM whose malloc is jemalloc",
            jvm(Jemalloc::create, QUIET_HEAP).needing(Need.JEMALLOC)).about("malloc.used")
            .expecting(NATIVE_IN_USE));
  }

  private static List<Fault> threadsAndClasses() {
    return List.of(
        fault("deep-stacks", "Three hundred threads that wait in a deep recursion",
            jvm(DeepStacks::create, MANY_THREADS)).about("stacks.java").expecting(THREAD_STACKS),
        fault("cached-stacks", "Stacks of ended threads that glibc keeps", jvm(CachedStacks::create, QUIET_HEAP))
            .about("stacks.cached"),
        fault("class-loaders", "Thousands of generated classes, each in a loader of its own",
            jvm(ClassLoaders::create, ROOMY)).about("metaspace.class", "metaspace.nonclass")
            .expecting(CLASS_METADATA),
        fault("code-cache", "Thousands of generated methods, all compiled",
            jvm(CodeCache::create,
                ROOMY.and("-Xbatch", "-XX:CompileThresholdScaling=0.05", "-XX:ReservedCodeCacheSize=400m")))
            .about("code.cache"));
  }

  private static List<Fault> files() {
    return List.of(
        fault("mapped-file", "A mapped file that was read", jvm(MappedFile::create, QUIET_HEAP)).about("mapped")
            .expecting(MAPPED_FILES),
        fault("mapped-file-dirty", "A mapped file whose pages are written all the time",
            jvm(DirtyMappedFile::create, QUIET_HEAP)).about("mapped.dirty").expecting(MAPPED_FILES),
        fault("shared-memory", "A mapped and deleted file in memory", jvm(SharedMemory::create, QUIET_HEAP))
            .about("shared"),
        fault("page-cache", "A control group that is charged for files which no process holds",
            jvm(PageCache::create, QUIET_HEAP).needing(Need.OWN_CONTROL_GROUP))
            .about("scales.cgroupUsageBytes", "scales.workingSetBytes").expecting("page-cache"));
  }

  private static List<Fault> natives() {
    return List.of(
        fault("native-fragmentation", "A C program whose threads each free every other block",
            new Native("fragment.c", Toolchain.GCC)).about("malloc.used", "malloc.idle")
            .expecting(ALLOCATOR_RETENTION),
        fault("native-mappings", "A C program with large blocks and with mappings of its own, touched and untouched",
            new Native("mappings.c", Toolchain.GCC)).about("malloc.mmapped", "anonymous"),
        fault("native-jemalloc", "A C program that freed two thirds of its blocks, whose malloc is jemalloc",
            new Native("allocators.c", Toolchain.GCC, "libjemalloc.so.2")).about("malloc.used", "malloc.idle")
            .expecting(ALLOCATOR_RETENTION),
        fault("native-mimalloc", "A C program that freed two thirds of its blocks, whose malloc is mimalloc 2",
            new Native("allocators.c", Toolchain.GCC, "libmimalloc.so.2")).about("malloc.used")
            .expecting(ALLOCATOR_RETENTION),
        fault("native-tcmalloc", "A C program that freed two thirds of its blocks, whose malloc is tcmalloc",
            // How much of what was freed it keeps depends on how its threads took turns: what is in use does not.
            new Native("allocators.c", Toolchain.GCC, "libtcmalloc_minimal.so.4")).about("malloc.used")
            .expecting(NATIVE_IN_USE),
        fault("native-arena", "A C program that grows an arena of its own by doubling, and fills half of it",
            new Native("arena.c", Toolchain.GCC)).about("anonymous", "anonymous.zero"),
        fault("go-heap", "A Go program with spans in use, idle spans and many stacks",
            new Native("go/main.go", Toolchain.GO)).about("go.heap", "go.idle", "go.stacks", "go.runtime")
            .expecting("runtime-idle"),
        fault("go-with-c", "The same with the C library, at any address and stripped",
            new Native("go/main.go", Toolchain.GO_WITH_C)).about("go.heap", "go.idle", "go.stacks", "go.runtime")
            .expecting("runtime-idle"),
        fault("python-objects", "A Python program with many small objects, every other one freed",
            new Native("objects.py", Toolchain.PYTHON)).about("python.arenas", "python.idle", "python.overhead")
            .expecting("runtime-idle"),
        fault("node-objects", "A Node.js program with many objects, every other one dropped",
            new Native("objects.js", Toolchain.NODE)).about("v8.heap", "v8.code"));
  }

  private static Jvm jvm(Situation situation, JvmFlags flags) {
    return new Jvm(situation, flags, Optional.empty(), Need.NOTHING);
  }

  private static Fault fault(String name, String sentence, Program program) {
    return new Fault(name, sentence, program, List.of(), "");
  }
}
