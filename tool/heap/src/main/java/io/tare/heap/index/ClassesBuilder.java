package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.Outline;
import io.tare.heap.index.FirstPass.ClassTally;
import io.tare.heap.index.FirstPass.Gathered;
import io.tare.heap.index.HeapClass.ClassName;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.heap.index.HeapClass.Kind;
import io.tare.heap.index.HeapClass.Offsets;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import io.tare.heap.index.InstanceSizes.Correction;
import io.tare.heap.store.LongIntMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToIntFunction;

/** Builds the table of classes from what the first walk gathered. */
final class ClassesBuilder {
  /** A chain of super-classes longer than this is a circle. */
  private static final int LONGEST_CHAIN = 1000;

  private static final Map<String, Kind> KINDS = Map.of(
      HiddenLayout.STACK_CHUNK, Kind.STACK_CHUNK,
      "java.lang.ref.WeakReference", Kind.WEAK,
      "java.lang.ref.SoftReference", Kind.SOFT,
      "java.lang.ref.PhantomReference", Kind.PHANTOM,
      "java.lang.ref.FinalReference", Kind.FINAL,
      "java.lang.Thread", Kind.THREAD,
      "java.lang.ClassLoader", Kind.LOADER);

  private final Outline outline;
  private final Map<Long, ClassDump> dumps = new HashMap<>();
  private final Map<Long, ClassTally> tallies;
  private final InstanceSizes sizes;
  private final ReferenceStrength strength;
  private final LongToIntFunction nodes;
  private final Map<Long, String> names = new HashMap<>();
  private final LongIntMap byId = new LongIntMap();
  private final List<Long> order = new ArrayList<>();

  /** How the first walk's findings become sizes: by this layout, and by how far objects lie apart. */
  record Measure(Layout layout, Neighbours neighbours) {}

  ClassesBuilder(Outline outline, Gathered passes, Measure measure, ReferenceStrength strength,
      LongToIntFunction nodes) {
    this.outline = outline;
    this.tallies = passes.tallies();
    this.sizes = new InstanceSizes(passes, measure.layout(), measure.neighbours(), this::name, this::fieldName);
    this.strength = strength;
    this.nodes = nodes;
    passes.classes().stream().sorted(Comparator.comparingLong(ClassDump::id)).forEach(this::number);
    tallies.keySet().stream().sorted().filter(id -> !dumps.containsKey(id)).forEach(this::numberUnknown);
  }

  private void number(ClassDump dump) {
    if (dumps.putIfAbsent(dump.id(), dump) == null) {
      byId.put(dump.id(), order.size());
      order.add(dump.id());
    }
  }

  private void numberUnknown(long id) {
    byId.put(id, order.size());
    order.add(id);
  }

  Classes build() {
    List<HeapClass> all = new ArrayList<>();
    for (long id : order) {
      all.add(heapClass(id, all.size()));
    }
    return new Classes(all, byId, primitiveArrays(all), dumps);
  }

  /** What was measured to be of another size than the fields say; known when the table is built. */
  List<Correction> corrections() {
    return sizes.corrections();
  }

  private int[] primitiveArrays(List<HeapClass> all) {
    Map<String, Integer> numbers = new HashMap<>();
    all.forEach(known -> numbers.putIfAbsent(known.name(), known.number()));
    int[] ofType = new int[BasicType.COUNT];
    for (int type = BasicType.BOOLEAN; type < BasicType.COUNT; type++) {
      String name = BasicType.arrayName(type);
      Integer known = numbers.get(name);
      if (known == null) {
        known = all.size();
        all.add(new HeapClass(known, 0, 0, name, -1, 0, Kind.ARRAY, List.of(), new Offsets(new int[0]), 0));
      }
      ofType[type] = known;
    }
    return ofType;
  }

  private HeapClass heapClass(long id, int number) {
    ClassDump dump = dumps.get(id);
    String name = name(id);
    if (dump == null) {
      Kind kind = name.endsWith("[]") || isArray(id) ? Kind.ARRAY : Kind.PLAIN;
      return new HeapClass(number, id, 0, name, -1, 0, kind, List.of(), new Offsets(new int[0]),
          sizes.ofUnknown(id));
    }
    List<ClassDump> chain = chain(dump);
    Kind kind = kind(chain, name);
    List<FieldAt> fields = fields(chain);
    int superNumber = dump.superId() == 0 ? -1 : byId.getOrDefault(dump.superId(), -1);
    long bytes = kind == Kind.ARRAY ? 0 : sizes.bytes(chain);
    return new HeapClass(
        number, id, nodes.applyAsInt(id), name, superNumber, dump.loaderId(), kind, fields, references(fields, kind),
        bytes);
  }

  private boolean isArray(long id) {
    ClassTally tally = tallies.get(id);
    return tally != null && tally.array;
  }

  /** The class itself first, then its super-classes; stops where the dump makes a circle of them. */
  private List<ClassDump> chain(ClassDump dump) {
    List<ClassDump> chain = new ArrayList<>();
    ClassDump at = dump;
    while (at != null && chain.size() < LONGEST_CHAIN && (chain.isEmpty() || at.id() != dump.id())) {
      chain.add(at);
      at = at.superId() == 0 ? null : dumps.get(at.superId());
    }
    return chain;
  }

  private Kind kind(List<ClassDump> chain, String name) {
    if (name.endsWith("[]")) {
      return Kind.ARRAY;
    }
    return chain.stream()
        .map(dump -> KINDS.getOrDefault(name(dump.id()), Kind.PLAIN))
        .filter(kind -> kind != Kind.PLAIN)
        .findFirst()
        .orElse(Kind.PLAIN);
  }

  private List<FieldAt> fields(List<ClassDump> chain) {
    List<FieldAt> fields = new ArrayList<>();
    int offset = 0;
    for (ClassDump dump : chain) {
      int declaring = byId.getOrDefault(dump.id(), -1);
      for (ClassDump.Field field : dump.fields()) {
        fields.add(new FieldAt(fieldName(field.nameId()), field.type(), offset, declaring));
        offset += BasicType.bytes(field.type(), outline.header().idBytes());
      }
    }
    return fields;
  }

  private Offsets references(List<FieldAt> fields, Kind kind) {
    boolean holds = strength.holds(kind);
    return new Offsets(
        fields.stream()
            .filter(field -> field.type() == BasicType.OBJECT && (holds || !field.name().equals("referent")))
            .mapToInt(FieldAt::offset)
            .toArray());
  }

  private String name(long classId) {
    Long nameId = outline.classNames().get(classId);
    if (nameId == null) {
      return "unknown class 0x" + Long.toHexString(classId);
    }
    return names.computeIfAbsent(nameId, id -> ClassName.of(outline.names().get(id)));
  }

  private final Map<Long, String> fieldNames = new HashMap<>();

  private String fieldName(long nameId) {
    return fieldNames.computeIfAbsent(nameId, outline.names()::get);
  }
}
