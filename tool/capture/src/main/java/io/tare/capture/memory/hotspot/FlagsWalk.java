package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.hotspot.StructTables.Strings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values of the flags that decide where memory goes, as {@code flag.NAME}, and who set them, as {@code origin.NAME}. */
final class FlagsWalk {
  private static final Set<String> WANTED = Set.of(
      "MaxHeapSize", "InitialHeapSize", "MinHeapSize", "SoftMaxHeapSize", "NewSize", "MaxNewSize", "MaxRAM",
      "MaxRAMPercentage",
      "InitialRAMPercentage", "MinHeapFreeRatio", "MaxHeapFreeRatio", "ThreadStackSize", "VMThreadStackSize",
      "CompilerThreadStackSize", "ReservedCodeCacheSize", "InitialCodeCacheSize", "SegmentedCodeCache",
      "MaxMetaspaceSize",
      "CompressedClassSpaceSize", "MaxDirectMemorySize", "UseSerialGC", "UseParallelGC", "UseG1GC", "UseZGC",
      "UseShenandoahGC", "UseEpsilonGC", "UseConcMarkSweepGC", "ZGenerational", "ShenandoahGCMode", "UseCompressedOops",
      "UseCompressedClassPointers", "UseCompactObjectHeaders", "AlwaysPreTouch", "UseTransparentHugePages",
      "UseLargePages", "NativeMemoryTracking", "DisableAttachMechanism", "StartAttachListener", "ReduceSignalUsage",
      "G1HeapRegionSize", "G1PeriodicGCInterval", "ZUncommit", "ZUncommitDelay", "ShenandoahUncommit",
      "ShenandoahUncommitDelay", "TrimNativeHeapInterval", "ParallelGCThreads", "ConcGCThreads", "UsePerfData",
      "UseStringDeduplication", "ObjectAlignmentInBytes", "MallocLimit", "UseNUMA", "CICompilerCount");
  private static final List<String> TYPES = List.of("bool", "int", "uint", "intx", "uintx", "uint64_t", "size_t",
      "double",
      "ccstr", "ccstrlist");
  private static final Map<Integer, String> ORIGINS = Map.of(0, "default", 1, "command line", 2, "environment", 3,
      "settings file", 4, "management", 5, "ergonomic", 6, "attach", 7, "internal", 8, "command line");
  private static final int ORIGIN_MASK = 0xf;
  private static final int MOST_FLAGS = 10_000;
  private static final int SMALLEST_FLAG = 16;
  private static final int MOST_BYTES = 4 << 20;
  private static final int LARGEST_ENUM = 255;

  private FlagsWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    long count = vm.staticWord("JVMFlag.numFlags", "Flag.numFlags");
    long first = vm.staticWord("JVMFlag.flags", "Flag.flags");
    int bytes = vm.sizeOf(vm.has("JVMFlag.flags") ? "JVMFlag" : "Flag");
    if (count < 0 || count > MOST_FLAGS) {
      throw new Unreadable(count + " flags");
    }
    if (bytes < SMALLEST_FLAG || count * bytes > MOST_BYTES) {
      throw new Unreadable(count + " flags of " + bytes + " bytes");
    }
    ByteBuffer flags = ProcessMemory.inOrder(vm.bytes(first, (int) count * bytes));
    int nameAt = offset(vm, bytes, "JVMFlag._name", "Flag._name");
    Strings strings = new Strings(vm.memory(), vm.limits().textLength());
    for (int i = 0; i < count; i++) {
      String text = strings.at(flags.getLong(i * bytes + nameAt)).orElse("");
      if (WANTED.contains(text)) {
        flag(vm, layout, text, flags.slice(i * bytes, bytes).order(flags.order()));
      }
    }
    collector(layout);
  }

  private static int offset(Vm vm, int bytes, String... fields) throws Unreadable {
    long offset = vm.offset(fields);
    if (offset < 0 || offset > bytes - Integer.BYTES) {
      throw new Unreadable(fields[0] + " lies outside of its flag");
    }
    return (int) Math.min(offset, bytes - (long) Long.BYTES);
  }

  private static void flag(Vm vm, Layout layout, String name, ByteBuffer flag) {
    try {
      int bytes = flag.capacity();
      String type = type(vm, flag, (int) vm.offset("JVMFlag._type", "Flag._type"));
      long address = flag.getLong(offset(vm, bytes, "JVMFlag._addr", "Flag._addr"));
      layout.fact("flag." + name, value(vm, type, address));
      int origin = flag.getInt(offset(vm, bytes, "JVMFlag._flags", "Flag._flags")) & ORIGIN_MASK;
      if (origin != 0) {
        layout.fact("origin." + name, ORIGINS.getOrDefault(origin, "other"));
      }
    } catch (Unreadable unreadable) {
      layout.problem("flag " + name, unreadable);
    }
  }

  /** Since JDK 16 the type is a number, before it was a string. */
  private static String type(Vm vm, ByteBuffer flag, int at) throws Unreadable {
    if (at < 0 || at > flag.capacity() - Integer.BYTES) {
      throw new Unreadable("a flag's type lies outside of it");
    }
    int number = flag.getInt(at);
    if (number >= 0 && number <= LARGEST_ENUM) {
      return number < TYPES.size() ? TYPES.get(number) : "type " + number;
    }
    return at <= flag.capacity() - Long.BYTES ? vm.text(flag.getLong(at)) : "unknown";
  }

  private static String value(Vm vm, String type, long address) throws Unreadable {
    return switch (type) {
      case "bool" -> vm.u8(address) == 0 ? "false" : "true";
      case "int" -> Integer.toString(vm.i32(address));
      case "uint" -> Long.toString(vm.u32(address));
      case "intx" -> Long.toString(vm.word(address));
      case "uintx", "uint64_t", "size_t" -> Long.toUnsignedString(vm.word(address));
      case "double" -> Double.toString(Double.longBitsToDouble(vm.word(address)));
      case "ccstr", "ccstrlist" -> string(vm, vm.word(address));
      default -> throw new Unreadable("unknown type " + type);
    };
  }

  private static String string(Vm vm, long address) throws Unreadable {
    return address == 0 ? "" : vm.text(address);
  }

  private static void collector(Layout layout) {
    List.of("Serial", "Parallel", "G1", "Z", "Shenandoah", "Epsilon", "ConcMarkSweep").stream()
        .filter(name -> layout.fact("flag.Use" + name + "GC").orElse("").equals("true")).findFirst()
        .ifPresent(name -> layout.fact("collector", name.equals("Z") ? "ZGC" : name));
  }
}
