package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.hotspot.HeapRoots.OnStack;
import io.tare.capture.memory.hotspot.HeapRoots.Oops;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the methods that are running refer to, frame by frame from where a thread left Java code. Of compiled code only what it declares to be
 * references at that place counts: beside them lie those of calls that are long over, and one of these would keep a whole queue of dead objects
 * alive. Frames are laid out so on x86-64.
 */
final class JavaStacks {
  private static final long MOST_STACK_BYTES = 4L << 20;
  private static final int MOST_FRAMES = 4_000;
  private static final int MOST_MAPS = 100_000;
  private static final int MOST_HEAPS = 16;
  private static final int MOST_MAP_BYTES = 4_096;
  private static final int NATIVE_METHOD = 0x100;
  private static final int SENDER_AT = 16;
  private static final int UNEXTENDED_AT = -8;
  private static final int METHOD_AT = -24;
  private static final int LOCALS_AT = -56;
  private static final int FIXED_BYTES = 72;
  private static final int CALL_WRAPPER_AT = -48;
  private static final int FAR = 1 << 20;
  private static final int SLOT_BYTES = 4;
  private static final int IN_JAVA = 8;
  private static final int IN_JAVA_TRANSITION = 9;

  private final Vm vm;
  private final Oops oops;
  private final long interpreterStart;
  private final long interpreterEnd;
  private final long callStub;
  private final int firstSlot;
  private final boolean noZeros;
  private final List<CodeSegment> segments = new ArrayList<>();
  private final Map<Long, Code> codes = new HashMap<>();
  /** The stack that is walked, from the frame that called out of Java up. */
  private long[] words = {};
  private long bottom;
  private long top;

  private JavaStacks(Vm vm, Oops oops) throws Unreadable {
    this.vm = vm;
    this.oops = oops;
    long queue = vm.staticWord("AbstractInterpreter._code");
    this.interpreterStart = vm.word(queue, "StubQueue._stub_buffer");
    this.interpreterEnd = interpreterStart + vm.u32(vm.at(queue, "StubQueue._buffer_limit"));
    this.callStub = vm.staticWord("StubRoutines._call_stub_return_address");
    this.firstSlot = vm.constant("VMRegImpl::stack0").isPresent()
        ? (int) vm.constant("VMRegImpl::stack0").getAsLong()
        : (int) vm.staticWord("VMRegImpl.stack0");
    this.noZeros = vm.has("InstanceKlass._fieldinfo_stream");
    vm.offset("JavaFrameAnchor._last_Java_fp");
    segments();
  }

  /** Empty for another processor, or where the tables don't tell enough. */
  static Optional<JavaStacks> of(Vm vm, Oops oops) {
    try {
      return System.getProperty("os.arch", "").equals("amd64")
          ? Optional.of(new JavaStacks(vm, oops))
          : Optional.empty();
    } catch (Unreadable notTold) {
      return Optional.empty();
    }
  }

  private record CodeSegment(long low, long high, long map, int shift) {}

  /**
   * A piece of compiled code.
   *
   * @param frameBytes of each of its frames
   * @param maps the address of what it declares
   */
  private record Code(long begin, int frameBytes, long maps) {
    static final Code NONE = new Code(0, 0, 0);
  }

  private record Frame(long sp, long fp, long pc) {}

  private void segments() throws Unreadable {
    long array = vm.staticWord("CodeCache._heaps");
    long count = Math.min(vm.u32(vm.at(array, "GrowableArrayBase._len", "GenericGrowableArray._len")), MOST_HEAPS);
    long data = vm.word(array, "GrowableArray<int>._data");
    for (long i = 0; i < count; i++) {
      long heap = vm.word(data + 8 * i);
      long memory = vm.at(heap, "CodeHeap._memory");
      segments.add(new CodeSegment(vm.word(memory, "VirtualSpace._low"), vm.word(memory, "VirtualSpace._high"),
          vm.word(vm.at(heap, "CodeHeap._segmap"), "VirtualSpace._low"),
          (int) vm.u32(vm.at(heap, "CodeHeap._log2_segment_size"))));
    }
  }

  /** Whether that is done with the thread: its frames are told, or it has none. False while it runs Java code. */
  boolean walk(long thread, OnStack told) {
    try {
      long anchor = vm.at(thread, "JavaThread._anchor");
      Frame first = anchored(anchor);
      long state = vm.u32(vm.at(thread, "JavaThread._thread_state"));
      if (first.sp() == 0) {
        return state != IN_JAVA && state != IN_JAVA_TRANSITION;
      }
      top = vm.word(thread, "Thread._stack_base", "JavaThread._stack_base");
      bottom = first.sp() - 8;
      if ((bottom & 7) != 0 || bottom >= top || top - bottom > MOST_STACK_BYTES) {
        return true;
      }
      words = new long[(int) ((top - bottom) >> 3)];
      vm.memory().forget();
      if (!vm.memory().readWords(bottom, words, 0, words.length)) {
        return true;
      }
      vm.memory().forget();
      if (!anchored(anchor).equals(first)) {
        return false;
      }
      frames(first, told);
      return true;
    } catch (Unreadable goneOrEnd) {
      return true;
    }
  }

  private Frame anchored(long anchor) throws Unreadable {
    return new Frame(vm.word(anchor + vm.offset("JavaFrameAnchor._last_Java_sp")),
        vm.word(anchor + vm.offset("JavaFrameAnchor._last_Java_fp")),
        vm.word(anchor + vm.offset("JavaFrameAnchor._last_Java_pc")));
  }

  private void frames(Frame first, OnStack told) throws Unreadable {
    Frame frame = first.pc() == 0 ? new Frame(first.sp(), first.fp(), at(first.sp() - 8)) : first;
    for (int count = 0; count < MOST_FRAMES; count++) {
      if (frame.pc() == callStub) {
        Frame before = anchored(
            vm.at(at(frame.fp() + CALL_WRAPPER_AT), "JavaCallWrapper._anchor"));
        if (before.sp() <= frame.sp()) {
          return;
        }
        frame = before.pc() == 0 ? new Frame(before.sp(), before.fp(), at(before.sp() - 8)) : before;
      } else if (frame.pc() >= interpreterStart && frame.pc() < interpreterEnd) {
        frame = interpreted(frame, told);
      } else {
        frame = compiled(frame, told);
      }
    }
  }

  private long at(long address) throws Unreadable {
    if (address < bottom || address >= top || (address & 7) != 0) {
      throw Unreadable.at("word of a stack", address);
    }
    return words[(int) ((address - bottom) >> 3)];
  }

  /** Its stack of operands, its fixed part, and its locals, which lie above. */
  private Frame interpreted(Frame frame, OnStack told) throws Unreadable {
    long fp = frame.fp();
    // What is made room for to call native code is not filled.
    long from = isNative(at(fp + METHOD_AT)) ? fp - FIXED_BYTES : frame.sp();
    words(from, fp, told);
    long locals = at(fp + LOCALS_AT);
    words(fp + SENDER_AT, (Math.abs(locals) < FAR ? fp + 8 * locals : locals) + 8, told);
    long pc = at(fp + 8);
    boolean isInterpreted = pc == callStub || (pc >= interpreterStart && pc < interpreterEnd);
    return new Frame(isInterpreted ? fp + SENDER_AT : at(fp + UNEXTENDED_AT), at(fp), pc);
  }

  private boolean isNative(long method) throws Unreadable {
    return (vm.u16(vm.at(method, "Method._access_flags")) & NATIVE_METHOD) != 0;
  }

  private void words(long from, long to, OnStack told) throws Unreadable {
    for (long address = from; address < to; address += 8) {
      told.word(at(address));
    }
  }

  private Frame compiled(Frame frame, OnStack told) throws Unreadable {
    Code code = codeAt(frame.pc());
    if (code.frameBytes() <= 0) {
      throw Unreadable.at("compiled code", frame.pc());
    }
    if (code.maps() != 0) {
      declared(code, frame, told);
    }
    long sender = frame.sp() + code.frameBytes();
    return new Frame(sender, at(sender - 16), at(sender - 8));
  }

  /** The map of this place in the code: a type and a place for each, in packed numbers. */
  private void declared(Code code, Frame frame, OnStack told) throws Unreadable {
    long count = Math.min(vm.u32(vm.at(code.maps(), "ImmutableOopMapSet._count")), MOST_MAPS);
    long pairs = code.maps() + vm.sizeOf("ImmutableOopMapSet");
    int pairBytes = vm.sizeOf("ImmutableOopMapPair");
    for (long i = 0; i < count; i++) {
      long pair = pairs + pairBytes * i;
      if (vm.u32(vm.at(pair, "ImmutableOopMapPair._pc_offset")) == frame.pc() - code.begin()) {
        long map = pairs + pairBytes * count + vm.u32(vm.at(pair, "ImmutableOopMapPair._oopmap_offset"));
        int entries = vm.i32(vm.at(map, "ImmutableOopMap._count"));
        PackedNumbers numbers = new PackedNumbers(map + vm.sizeOf("ImmutableOopMap"));
        for (int entry = 0; entry < entries && entry < MOST_MAP_BYTES; entry++) {
          declared(numbers, frame, told);
        }
        return;
      }
    }
  }

  private void declared(PackedNumbers numbers, Frame frame, OnStack told) throws Unreadable {
    int value = numbers.next();
    int type = value & 3;
    if (type >= 2) {
      numbers.next();
      return;
    }
    int slot = (value >>> 2) - firstSlot;
    if (slot < 0) {
      return;
    }
    long place = frame.sp() + (long) SLOT_BYTES * slot;
    long word = at(place & -8);
    if (type == 0) {
      told.reference(word);
    } else {
      long narrow = (place & SLOT_BYTES) == 0 ? word & 0xffff_ffffL : word >>> Integer.SIZE;
      if (narrow != 0) {
        told.reference(oops.base() + (narrow << oops.shift()));
      }
    }
  }

  /** Numbers of one to five bytes; since JDK 20 without zeros. */
  private final class PackedNumbers {
    private long at;

    PackedNumbers(long at) {
      this.at = at;
    }

    int next() throws Unreadable {
      int excluded = noZeros ? 1 : 0;
      int value = 0;
      for (int i = 0; i < 5; i++) {
        int code = (int) vm.u8(at++) - excluded;
        value += code << (6 * i);
        if (code < 192 - excluded) {
          break;
        }
      }
      return value;
    }
  }

  private Code codeAt(long pc) throws Unreadable {
    for (CodeSegment segment : segments) {
      if (pc >= segment.low() && pc < segment.high()) {
        long index = (pc - segment.low()) >> segment.shift();
        for (long back = vm.u8(segment.map() + index); back > 0; back = vm.u8(segment.map() + index)) {
          if (back == 0xff) {
            return Code.NONE;
          }
          index -= back;
        }
        long blob = segment.low() + (index << segment.shift()) + vm.sizeOf("HeapBlock");
        Code known = codes.get(blob);
        if (known == null) {
          known = code(blob);
          codes.put(blob, known);
        }
        return known;
      }
    }
    return Code.NONE;
  }

  private Code code(long blob) throws Unreadable {
    long begin = vm.has("CodeBlob._code_begin")
        ? vm.word(blob, "CodeBlob._code_begin")
        : blob + codeOffset(blob);
    return new Code(begin, 8 * vm.i32(vm.at(blob, "CodeBlob._frame_size")), vm.word(blob, "CodeBlob._oop_maps"));
  }

  private long codeOffset(long blob) throws Unreadable {
    long field = vm.at(blob, "CodeBlob._code_offset");
    return vm.isOfType("CodeBlob._code_offset", "uint16_t") || vm.isOfType("CodeBlob._code_offset", "u2")
        ? vm.u16(field)
        : vm.u32(field);
  }
}
