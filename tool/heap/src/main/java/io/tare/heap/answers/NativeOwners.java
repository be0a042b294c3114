package io.tare.heap.answers;

import io.tare.heap.answers.HeapView.Reached;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.model.heap.NativeBridge.NativeOwner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bridge to native bytes: objects that own memory outside the heap, and how much as far as their fields say. */
final class NativeOwners {
  /** A class whose objects own native bytes; {@code bytesField} is empty if no field says how many. */
  private record Known(String kind, String className, String bytesField, String details) {}

  private static final List<Known> KNOWN = List.of(
      new Known("direct buffers", "java.nio.DirectByteBuffer$Deallocator", "size", "malloc behind direct buffers"),
      new Known("mapped files", "sun.nio.ch.FileChannelImpl$Unmapper", "size", "files mapped into memory"),
      new Known("mapped files", "sun.nio.ch.FileChannelImpl$DefaultUnmapper", "size", "files mapped into memory"),
      new Known("mapped files", "sun.nio.ch.FileChannelImpl$SyncUnmapper", "size", "files mapped into memory"),
      new Known("inflaters", "java.util.zip.Inflater$InflaterZStreamRef", "",
          "about 40 KB each, not told by the object"),
      new Known("inflaters", "java.util.zip.Inflater", "", "about 40 KB each, not told by the object"),
      new Known("deflaters", "java.util.zip.Deflater", "", "about 260 KB each, not told by the object"),
      new Known("arenas", "jdk.internal.foreign.NativeMemorySegmentImpl", "length",
          "slices of one arena count more than once"),
      new Known("mapped segments", "jdk.internal.foreign.MappedMemorySegmentImpl", "length",
          "views of mapped files: the files count by themselves"));

  private final HeapView view;

  NativeOwners(HeapView view) {
    this.view = view;
  }

  List<NativeOwner> list() {
    DumpIndex index = view.graph().index();
    Map<Integer, Known> wanted = new HashMap<>();
    for (HeapClass heapClass : index.classes().all()) {
      KNOWN.stream().filter(known -> known.className().equals(heapClass.name())).findFirst()
          .ifPresent(known -> wanted.put(heapClass.number(), known));
    }
    Map<Integer, long[]> sums = sums(wanted);
    List<NativeOwner> list = new ArrayList<>();
    sums.forEach((number, sum) -> {
      Known known = wanted.get(number);
      if (known != null) {
        list.add(new NativeOwner(known.kind(), known.className(), sum[0], sum[1], known.details()));
      }
    });
    long threads = new Threads(view).platformThreads();
    if (threads > 0) {
      list.add(
          new NativeOwner("thread stacks", "java.lang.Thread", threads, 0, "the ledger of the process says how much"));
    }
    list.sort(Comparator.comparingLong(NativeOwner::nativeBytes).reversed().thenComparing(NativeOwner::className));
    list.addAll(new NativeHolders(view).list());
    return list;
  }

  private Map<Integer, long[]> sums(Map<Integer, Known> wanted) {
    Map<Integer, long[]> sums = new HashMap<>();
    Reached.each(view, heapClass -> wanted.containsKey(heapClass.number()),
        node -> sums.computeIfAbsent(view.classOf(node).number(), key -> new long[2])[0]++);
    Map<Integer, FieldAt> fields = new HashMap<>();
    sums.keySet().forEach(number -> {
      Optional<Known> known = Optional.ofNullable(wanted.get(number));
      known.flatMap(owner -> view.graph().index().classes().get(number).field(owner.bytesField()))
          .ifPresent(field -> fields.put(number, field));
    });
    if (!fields.isEmpty()) {
      view.graph().index().passes().walk(Reached.parts(view, fields.keySet()), () -> new FieldSums(view, fields))
          .forEach(pass -> pass.sums().forEach((number, bytes) -> sums.getOrDefault(number, new long[2])[1] += bytes));
    }
    return sums;
  }
}

/** Adds up one number field of every reached object of some classes. One thread's own. */
final class FieldSums implements HeapVisitor {
  private final HeapView view;
  private final Map<Integer, FieldAt> fields;
  private final Map<Integer, Long> sums = new HashMap<>();
  private long lastClassId;
  private int lastClass = -1;

  /** The field of every class that counts, by class number. */
  FieldSums(HeapView view, Map<Integer, FieldAt> fields) {
    this.view = view;
    this.fields = fields;
  }

  Map<Integer, Long> sums() {
    return sums;
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    if (classId != lastClassId || lastClass < 0) {
      lastClassId = classId;
      lastClass = view.graph().index().classes().find(classId);
    }
    FieldAt field = fields.get(lastClass);
    if (field == null || !view.reach().reached(view.node(id))) {
      return;
    }
    int bytes = BasicType.bytes(field.type(), values.idBytes());
    if (field.offset() + bytes <= length) {
      sums.merge(lastClass, bytes == 8 ? values.i8At(field.offset()) : values.i4At(field.offset()), Long::sum);
    }
  }
}
