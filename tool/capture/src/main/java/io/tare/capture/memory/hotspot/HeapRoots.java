package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.hotspot.HotspotHeap.HeaderForm;
import io.tare.capture.memory.hotspot.HotspotHeap.HeapChanged;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * What keeps objects of a JVM alive, and where an object holds its references. Classes live as long as their loader, and a loader
 * as long as anything of it is reached: only the boot loader is alive by itself.
 */
public final class HeapRoots {
  private static final int MOST_MAPS = 4096;
  private static final int MOST_FIELDS = 1 << 16;
  private static final int ARRAY_OF_REFERENCES = -2;
  private static final int LOOKS_AT_A_RUNNING_THREAD = 20;
  private static final int PAUSE_MILLIS = 5;

  private final Vm vm;
  private final HeaderForm header;
  private final Oops oops;
  private final JavaFields fields;
  private final int instanceHead;
  private final int mirrorKlassAt;
  private final int mirrorCountAt;
  private final Optional<JavaStacks> stacks;
  private int unreadStacks;

  HeapRoots(Vm vm, HeaderForm header, boolean isNarrow) throws Unreadable {
    this.vm = vm;
    this.header = header;
    this.oops = isNarrow
        ? new Oops(true, vm.staticWord("CompressedOops._base", "CompressedOops._narrow_oop._base"),
            (int) vm.u32(vm.staticAt("CompressedOops._shift", "CompressedOops._narrow_oop._shift")) & 63)
        : new Oops(false, 0, 0);
    this.fields = new JavaFields(vm);
    this.instanceHead = vm.sizeOf("InstanceKlass") + 7 & -8;
    this.stacks = JavaStacks.of(vm, oops);
    this.mirrorKlassAt = vm.i32(vm.staticAt("java_lang_Class._klass_offset"));
    this.mirrorCountAt = vm.i32(vm.staticAt("java_lang_Class._static_oop_field_count_offset"));
  }

  /** How references are written: as 32 bits, shifted and counted from a base, or whole. */
  public record Oops(boolean isNarrow, long base, int shift) {}

  /** What of an object is looked at. */
  public enum Shape {
    /** References at fixed places. */
    INSTANCE,
    /** References only, from the head on. */
    REFERENCES,
    /** Neither: an array of numbers. */
    NONE,
    /** {@code java.lang.Class}, which holds the static fields of the class that it stands for, too. */
    MIRROR,
    /** The stack of a virtual thread. */
    STACK
  }

  /**
   * Where objects of a class keep their references.
   *
   * @param places pairs: the first reference's place and how many follow one another; what is weak is not among them
   * @param bodyAt where an array's references begin, a mirror's static fields, or a stack
   * @param topAt where a stack tells how many of its words are free; -1 elsewhere
   * @param loader whose class this is: it lives as long as the object does
   */
  @SuppressWarnings("ArrayRecordComponent") // looked at once an object; never compared
  public record References(Shape shape, int[] places, int bodyAt, int topAt, long loader) {
    static final References UNKNOWN = new References(Shape.NONE, new int[0], 0, -1, 0);
  }

  public Oops oops() {
    return oops;
  }

  /** Where in a mirror its class stands, and the number of its static references. */
  public int mirrorKlassAt() {
    return mirrorKlassAt;
  }

  public int mirrorCountAt() {
    return mirrorCountAt;
  }

  /** Threads that ran on whenever they were looked at: nothing of their stacks was read. */
  public int unreadStacks() {
    return unreadStacks;
  }

  /** By what an object's header says; of a class that can't be read nothing is followed. */
  public References referencesOf(long key) {
    long klass = header.isNarrow() ? header.classBase() + (key << header.classShift()) : key;
    try {
      int layout = vm.i32(vm.at(klass, "Klass._layout_helper"));
      long loader = vm.word(klass, "Klass._class_loader_data");
      if (layout < 0) {
        Shape shape = layout >> 30 == ARRAY_OF_REFERENCES ? Shape.REFERENCES : Shape.NONE;
        return new References(shape, new int[0], layout >> 16 & 0xff, -1, loader);
      }
      String name = fields.symbol(vm.word(klass, "Klass._name"));
      Shape shape = name.equals("java/lang/Class")
          ? Shape.MIRROR
          : name.equals("jdk/internal/vm/StackChunk") ? Shape.STACK : Shape.INSTANCE;
      int topAt = shape == Shape.STACK ? fields.offset(klass, "sp") : -1;
      return new References(shape, places(klass), layout & ~7, topAt, loader);
    } catch (Unreadable absent) {
      return References.UNKNOWN;
    }
  }

  /** They stand behind the class's own tables of methods. Referents of weak references are left out there by the JVM itself. */
  private int[] places(long klass) throws Unreadable {
    int methods = vm.i32(vm.at(klass, "Klass._vtable_len"));
    int interfaces = vm.i32(vm.at(klass, "InstanceKlass._itable_len"));
    int words = vm.i32(vm.at(klass, "InstanceKlass._nonstatic_oop_map_size"));
    if (methods < 0 || interfaces < 0 || words < 0 || words > MOST_MAPS) {
      throw Unreadable.at("places of references", klass);
    }
    long at = klass + instanceHead + 8L * methods + 8L * interfaces;
    int[] places = new int[2 * words];
    for (int i = 0; i < 2 * words; i++) {
      places[i] = vm.i32(at + 4L * i);
      if (places[i] < 0 || places[i] > MOST_FIELDS) {
        throw Unreadable.at("places of references", at);
      }
    }
    return places;
  }

  /** The loader of the class that a mirror stands for; zero for those of numbers. */
  public long loaderOf(long klass) {
    try {
      return vm.isPointer(klass) ? vm.word(klass, "Klass._class_loader_data") : 0;
    } catch (Unreadable absent) {
      return 0;
    }
  }

  public long bootLoader() throws HeapChanged {
    try {
      return ClassLinks.bootLoader(vm);
    } catch (Unreadable torn) {
      throw new HeapChanged(String.valueOf(torn.getMessage()));
    }
  }

  /** What lives as long as a loader: its object, the mirrors of its classes, and what their constants have been resolved to. */
  public void eachOf(long loader, LongConsumer object) {
    handle(loader, object, "ClassLoaderData._class_loader");
    try {
      ClassLinks links = ClassLinks.of(vm);
      Set<Long> seen = new HashSet<>();
      for (long klass = vm.word(loader + links.firstAt()); vm.isPointer(klass) && seen.add(klass)
          && seen.size() < vm.limits().classes(); klass = vm.word(klass + links.nextAt())) {
        handle(klass, object, "Klass._java_mirror");
        if (vm.i32(vm.at(klass, "Klass._layout_helper")) >= 0) {
          constants(klass, object);
        }
      }
    } catch (Unreadable rest) {
      // What hangs on the rest of its classes is not proved to live.
      return;
    }
  }

  private void constants(long klass, LongConsumer object) {
    try {
      long pool = vm.word(klass, "InstanceKlass._constants");
      long cache = pool == 0 ? 0 : vm.word(pool, "ConstantPool._cache");
      if (cache != 0) {
        handle(cache, object, "ConstantPoolCache._resolved_references");
      }
    } catch (Unreadable absent) {
      return;
    }
  }

  private void handle(long holder, LongConsumer object, String field) {
    try {
      long handle = vm.word(holder, field);
      if (handle != 0) {
        object.accept(vm.word(handle));
      }
    } catch (Unreadable absent) {
      return;
    }
  }

  /** What frames of threads refer to. */
  public interface OnStack {
    /** Certain: the code that runs there says so. */
    void reference(long object);

    /** A word of the interpreter's, which is a reference, a number, or a pointer to something else. */
    void word(long word);
  }

  /** The threads' objects, and what the frames of their methods refer to. */
  public void threads(LongConsumer object, OnStack frames) throws HeapChanged {
    try {
      long list = vm.staticWord("ThreadsSMRSupport._java_thread_list");
      long count = Math.min(vm.u32(vm.at(list, "ThreadsList._length")), vm.limits().threads());
      long threads = vm.word(list, "ThreadsList._threads");
      List<Long> running = new ArrayList<>();
      for (long i = 0; i < count && !vm.memory().budgetExceeded(); i++) {
        running.add(vm.word(threads + 8 * i));
      }
      running.forEach(thread -> handle(thread, object, "JavaThread._threadObj"));
      if (stacks.isPresent()) {
        for (int look = 0; look < LOOKS_AT_A_RUNNING_THREAD && !running.isEmpty() && (look == 0 || pause()); look++) {
          running.removeIf(thread -> stacks.get().walk(thread, frames));
        }
      }
      unreadStacks = running.size();
    } catch (Unreadable torn) {
      throw new HeapChanged(String.valueOf(torn.getMessage()));
    }
  }

  /** The next look at a thread that runs finds it, perhaps, where it waits for something. */
  private boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      vm.memory().forget();
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
