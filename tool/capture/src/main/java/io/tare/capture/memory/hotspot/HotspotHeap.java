package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.capture.memory.hotspot.JvmLibrary.JvmSymbols;
import io.tare.capture.memory.hotspot.JvmLibrary.SymbolNames;
import io.tare.capture.memory.hotspot.StructTables.TableReader;
import io.tare.model.AddressRange;
import io.tare.model.jvm.HeapPart;
import io.tare.model.proc.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The Java heap of a live JVM as it is at this moment: its parts, where threads are allocating, how many collections there were, and what
 * a class's objects look like. What moves is read anew by each call.
 */
public final class HotspotHeap {
  /** Before that the tables name neither the buffers' ends nor the way a class tells the size of its objects. */
  private static final int FIRST_KNOWN = 17;
  private static final long MOST_RESERVE_BYTES = 64 << 10;
  private static final long MOST_BUFFER_BYTES = 64L << 20;
  private static final int MOST_INSTANCE_BYTES = 1 << 20;

  private final FileBackedMemory memory;
  private final Vm vm;
  private final Layout known;
  private final String collector;
  private final HeaderForm header;
  private final JavaFields fields;
  private final List<AddressRange> classCode;
  private final List<Long> views;

  private HotspotHeap(FileBackedMemory memory, Vm vm, Layout known) throws Unreadable {
    this.memory = memory;
    this.vm = vm;
    this.known = known;
    this.collector = known.fact("collector").orElseThrow(() -> new Unreadable("its collector is not known"));
    this.header = HeaderForm.of(vm, known);
    this.fields = new JavaFields(vm);
    this.classCode = classCode(vm);
    this.views = views(vm, collector);
  }

  /** Empty, and the reason told, where this JVM is not understood well enough to count its objects. */
  public static Optional<HotspotHeap> open(FileBackedMemory memory, MappingIndex mappings, Path procPid,
      Consumer<String> problems) {
    try {
      JvmLibrary library = new JvmLibrary(mappings, new MappedFiles(procPid, memory));
      JvmSymbols symbols = library.symbols(SymbolNames.ALL);
      Layout layout = new Layout();
      StructTables tables = new TableReader(memory, symbols, HotspotLimits.DEFAULT).read(layout);
      Vm vm = new Vm(memory, mappings, tables, symbols, HotspotLimits.DEFAULT);
      FlagsWalk.walk(vm, layout);
      String version = vm.text(vm.staticWord("Abstract_VM_Version._s_vm_release", "VM_Version._s_vm_release"));
      if (OopEncoding.majorVersion(version) < FIRST_KNOWN) {
        problems.accept("objects are counted from JDK " + FIRST_KNOWN + " on, and this is " + version);
        return Optional.empty();
      }
      return Optional.of(new HotspotHeap(memory, vm, layout));
    } catch (Unreadable notUnderstood) {
      problems.accept("the heap can't be walked: " + notUnderstood.getMessage());
      return Optional.empty();
    }
  }

  /**
   * How an object begins.
   *
   * @param isCompact whether the class is in the upper bits of the first word
   * @param isNarrow whether it is written as a number of 32 bits or less
   * @param alignment objects begin at multiples of it
   * @param lengthAt where an array keeps its length
   * @param bitsPerChunkWord for how many references a word of a virtual thread's stack stands
   */
  public record HeaderForm(boolean isCompact, boolean isNarrow, long classBase, int classShift, int alignment,
      int lengthAt, int bitsPerChunkWord) {

    private static HeaderForm of(Vm vm, Layout layout) throws Unreadable {
      boolean compact = isOn(layout, "UseCompactObjectHeaders");
      boolean narrow = compact || isOn(layout, "UseCompressedClassPointers");
      long alignment = layout.number("flag.ObjectAlignmentInBytes").orElse(8);
      if (alignment < 8 || alignment > 256 || Long.bitCount(alignment) != 1) {
        throw new Unreadable("objects are aligned to " + alignment + " bytes");
      }
      long base = narrow
          ? vm.staticWord("CompressedKlassPointers._base", "CompressedKlassPointers._narrow_klass._base")
          : 0;
      long shift = narrow
          ? vm.u32(vm.staticAt("CompressedKlassPointers._shift", "CompressedKlassPointers._narrow_klass._shift"))
          : 0;
      return new HeaderForm(compact, narrow, base, (int) shift & 63, (int) alignment, compact ? 8 : narrow ? 12 : 16,
          isOn(layout, "UseCompressedOops") ? 2 : 1);
    }
  }

  /**
   * A class and the size of its objects.
   *
   * @param layout above zero the bytes of an instance; below, the shift of an array's length and the bytes of its head
   * @param ownSizeAt where an object of this class tells its own size; -1 where all are alike
   * @param isStack whether it holds the stack of a virtual thread
   */
  public record JavaClass(String name, int layout, int ownSizeAt, boolean isStack) {}

  /** Where a thread allocates: objects from {@code start} to {@code top}, then nothing up to {@code end}. */
  public record Buffer(long start, long top, long end) {}

  /**
   * How often collections have run.
   *
   * @param isActive whether one is moving objects right now
   */
  public record Collections(long all, long full, boolean isActive) {}

  public String collector() {
    return collector;
  }

  public HeaderForm header() {
    return header;
  }

  public FileBackedMemory memory() {
    return memory;
  }

  /** Whether objects move only while the program stands still. */
  public boolean standsStill() {
    return collector.equals("Serial") || collector.equals("Parallel") || collector.equals("G1");
  }

  /** What keeps its objects alive; empty where the tables don't tell enough. */
  public Optional<HeapRoots> roots() {
    try {
      return Optional.of(new HeapRoots(vm, header, isOn(known, "UseCompressedOops")));
    } catch (Unreadable notTold) {
      return Optional.empty();
    }
  }

  public OptionalLong maxBytes() {
    return known.number("flag.MaxHeapSize");
  }

  /** The other addresses at which ZGC maps what it maps here; none where memory is mapped once. */
  public List<Long> elsewhere(long address) {
    if (views.size() < 2) {
      return List.of();
    }
    long within = address & (Long.highestOneBit(address) - 1);
    return views.stream().map(view -> view | within).filter(other -> other != address).toList();
  }

  /** The heap's parts by address. */
  public List<HeapPart> parts() throws HeapChanged {
    memory.forget();
    Layout now = new Layout();
    known.toParsed().value().facts().forEach(now::fact);
    try {
      HeapWalk.walk(vm, now);
    } catch (Unreadable torn) {
      throw new HeapChanged(String.valueOf(torn.getMessage()));
    }
    return now.parts().stream().sorted(Comparator.comparingLong(HeapPart::bottom)).toList();
  }

  public Collections collections() throws HeapChanged {
    memory.forget();
    try {
      long counters = vm.at(vm.staticWord("Universe._collectedHeap"), "CollectedHeap._total_collections");
      String[] active = {"CollectedHeap._is_stw_gc_active", "CollectedHeap._is_gc_active"};
      boolean isActive = vm.u8(vm.at(vm.staticWord("Universe._collectedHeap"), active)) != 0;
      // The full ones are counted in the next integer.
      return new Collections(vm.u32(counters), vm.u32(counters + Integer.BYTES), isActive);
    } catch (Unreadable torn) {
      throw new HeapChanged(String.valueOf(torn.getMessage()));
    }
  }

  /** The threads' allocation buffers, by address. */
  public List<Buffer> buffers() throws HeapChanged {
    List<Buffer> buffers = new ArrayList<>();
    try {
      long list = vm.staticWord("ThreadsSMRSupport._java_thread_list");
      long count = Math.min(vm.u32(vm.at(list, "ThreadsList._length")), vm.limits().threads());
      long threads = vm.word(list, "ThreadsList._threads");
      long reserve = reserveBytes();
      for (long i = 0; i < count; i++) {
        buffer(vm.at(vm.word(threads + 8 * i), "Thread._tlab"), reserve).ifPresent(buffers::add);
      }
    } catch (Unreadable torn) {
      throw new HeapChanged(String.valueOf(torn.getMessage()));
    }
    return buffers.stream().sorted(Comparator.comparingLong(Buffer::start)).toList();
  }

  private Optional<Buffer> buffer(long buffer, long reserve) throws Unreadable {
    long start = uncoloured(vm.word(buffer, "ThreadLocalAllocBuffer._start"));
    long top = uncoloured(vm.word(buffer, "ThreadLocalAllocBuffer._top"));
    long soft = uncoloured(vm.word(buffer, "ThreadLocalAllocBuffer._end"));
    // The end for allocation, which no table names, is the next word; sampling moves the one before.
    long hard = uncoloured(vm.word(vm.at(buffer, "ThreadLocalAllocBuffer._end") + 8));
    long end = (hard >= soft && hard - soft <= MOST_BUFFER_BYTES ? hard : soft) + reserve;
    return start > 0 && start <= top && top <= end ? Optional.of(new Buffer(start, top, end)) : Optional.empty();
  }

  /** What is kept free behind the end, for the object that fills the rest, or for what is fetched in advance. */
  private long reserveBytes() throws Unreadable {
    String[] prefetch = {"ThreadLocalAllocBuffer._reserve_for_allocation_prefetch"};
    long ahead = vm.has(prefetch) ? vm.u32(vm.staticAt(prefetch)) * 8 : 0;
    String[] alignment = {"CollectedHeap._lab_alignment_reserve"};
    long filler = vm.has(alignment) ? vm.staticWord(alignment) * 8 : header.lengthAt() + 11L & ~7L;
    long most = Math.max(ahead, filler);
    if (most < 0 || most > MOST_RESERVE_BYTES) {
      throw new Unreadable("a reserve of " + most + " bytes");
    }
    return (most + header.alignment() - 1) & -header.alignment();
  }

  private long uncoloured(long address) {
    return views.isEmpty() || address <= 0
        ? address
        : (address & (views.getFirst() - 1)) | views.getFirst();
  }

  /** The class that an object's header names; empty when there is none at that place. */
  public Optional<JavaClass> classAt(long key) {
    long address = header.isNarrow() ? header.classBase() + (key << header.classShift()) : key;
    try {
      if (key == 0 || !vm.isPointer(address) || !isCode(vm.word(address))) {
        return Optional.empty();
      }
      int layout = vm.i32(vm.at(address, "Klass._layout_helper"));
      String name = fields.symbol(vm.word(address, "Klass._name"));
      boolean plausible = layout < 0 ? (layout & 0xff) <= 8 : layout >= 8 && layout <= MOST_INSTANCE_BYTES;
      if (!plausible || name.isEmpty() || name.chars().anyMatch(character -> character < ' ')) {
        return Optional.empty();
      }
      return Optional.of(new JavaClass(name, layout, ownSizeAt(name, address),
          name.equals("jdk/internal/vm/StackChunk")));
    } catch (Unreadable absent) {
      return Optional.empty();
    }
  }

  private int ownSizeAt(String name, long address) throws Unreadable {
    return switch (name) {
      case "java/lang/Class" -> vm.i32(vm.staticAt("java_lang_Class._oop_size_offset"));
      case "jdk/internal/vm/StackChunk" -> fields.offset(address, "size");
      default -> -1;
    };
  }

  /** The word that every class begins with points into the library, or into an archive of classes. */
  private boolean isCode(long pointer) {
    for (AddressRange range : classCode) {
      if (range.contains(pointer)) {
        return true;
      }
    }
    return false;
  }

  private static List<AddressRange> classCode(Vm vm) {
    long table = vm.symbols().address("gHotSpotVMStructs").orElse(0);
    String library = vm.mappings().at(table).map(Mapping::name).filter(name -> !name.isEmpty()).orElse("/libjvm.so");
    return vm.mappings().all().stream().filter(
        mapping -> mapping.hasPath() && (mapping.name().equals(library) || ArchiveWalk.isArchive(mapping)))
        .map(Mapping::range).toList();
  }

  private static List<Long> views(Vm vm, String collector) {
    TreeSet<Long> views = new TreeSet<>();
    for (Mapping mapping : vm.mappings().all()) {
      if (collector.equals("ZGC") && mapping.name().contains("java_heap")) {
        views.add(Long.highestOneBit(mapping.range().start()));
      }
    }
    return new ArrayList<>(views.tailSet(1L << 40));
  }

  private static boolean isOn(Layout layout, String flag) {
    return layout.fact("flag." + flag).orElse("").equals("true");
  }

  /** The heap was changed while its structures were read: read them again. */
  public static final class HeapChanged extends Exception {
    private static final long serialVersionUID = 1L;

    public HeapChanged(String message) {
      super(message, null, false, false);
    }
  }
}
