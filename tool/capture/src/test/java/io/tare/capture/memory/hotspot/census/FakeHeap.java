package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.FakeMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.hotspot.HotspotHeap.Buffer;
import io.tare.capture.memory.hotspot.HotspotHeap.HeaderForm;
import io.tare.capture.memory.hotspot.HotspotHeap.JavaClass;
import io.tare.model.proc.Smaps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objects of a few classes in a row, with headers as HotSpot writes them: {@code heap.object(POINT).array(BYTES, 100)}. */
final class FakeHeap {
  static final long BOTTOM = 0x7000_0000L;
  static final int POINT = 0x101;
  static final int NODE = 0x102;
  static final int BYTES = 0x103;
  static final int LONGS = 0x104;
  static final int MIRROR = 0x105;
  static final int STACK = 0x106;
  static final HeaderForm PLAIN = new HeaderForm(false, true, 0, 0, 8, 12, 2);
  static final HeaderForm COMPACT = new HeaderForm(true, true, 0, 0, 8, 8, 2);

  private static final Map<Long, JavaClass> CLASSES = Map.of(
      (long) POINT, new JavaClass("Point", 24, -1, false),
      (long) NODE, new JavaClass("Node", 40, -1, false),
      (long) BYTES, new JavaClass("[B", layout(0, 16), -1, false),
      (long) LONGS, new JavaClass("[J", layout(3, 16), -1, false),
      (long) MIRROR, new JavaClass("java/lang/Class", 112, 40, false),
      (long) STACK, new JavaClass("jdk/internal/vm/StackChunk", 56, 16, true));

  private final HeaderForm form;
  private final FakeMemory memory = new FakeMemory();
  private long top = BOTTOM;
  private HeapWindow window;

  FakeHeap(HeaderForm form) {
    this.form = form;
    this.window = new HeapWindow(memory, new MappingIndex(new Smaps(List.of())), address -> List.of());
  }

  private static int layout(int shift, int head) {
    return 0x80 << 24 | head << 16 | shift;
  }

  FakeMemory memory() {
    return memory;
  }

  long top() {
    return top;
  }

  HeapWindow window() {
    return window;
  }

  FakeHeap object(int key) {
    return sized(key, CLASSES.get((long) key).layout());
  }

  /** An object with a header, and nothing known inside. */
  FakeHeap sized(int key, long bytes) {
    header(top, key);
    return space(bytes);
  }

  void header(long at, int key) {
    if (form.isCompact()) {
      memory.u64(at, (long) key << 42 | 1);
    } else {
      memory.u64(at, 1).u32(at + 8, key);
    }
  }

  FakeHeap array(int key, int length) {
    int shift = CLASSES.get((long) key).layout() & 0xff;
    memory.u32(top + form.lengthAt(), length);
    return sized(key, (16 + ((long) length << shift) + form.alignment() - 1) & -form.alignment());
  }

  /** An object that tells its own size. */
  FakeHeap telling(int key, int told, long bytes) {
    memory.u32(top + CLASSES.get((long) key).ownSizeAt(), told);
    return sized(key, bytes);
  }

  /** Bytes that are skipped; their pages stay absent unless something else is on them. */
  FakeHeap space(long bytes) {
    top += bytes;
    return this;
  }

  PartCount walk(Buffer... buffers) {
    ClassTable classes = new ClassTable(key -> Optional.ofNullable(CLASSES.get(key)));
    window = new HeapWindow(memory, new MappingIndex(new Smaps(List.of())), address -> List.of());
    ObjectWalk walk = new ObjectWalk(form, classes, window, () -> false);
    walk.buffers(List.of(buffers));
    PartCount count = walk.walk(BOTTOM, top, 0);
    names = new TreeMap<>();
    for (int i = 0; i < count.classes().length; i++) {
      names.put(classes.classes().get(count.classes()[i]).name(), count.objects()[i] + " in " + count.bytes()[i]);
    }
    return count;
  }

  private Map<String, String> names = Map.of();

  /** What the last walk counted, by class: {@code 3 in 72}. */
  Map<String, String> counted() {
    return names;
  }
}
