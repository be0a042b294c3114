package io.tare.heap.redact;

import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Outline;
import io.tare.heap.index.Passes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types of the fields of every class, in the order in which a dump writes their values. */
final class ClassShapes implements HeapVisitor {
  private static final int DEEPEST = 10_000;

  private final Map<Long, ClassDump> dumps = new HashMap<>();
  private final Map<Long, byte[]> types = new HashMap<>();

  static ClassShapes of(Outline outline, Passes passes) {
    ClassShapes all = new ClassShapes();
    passes.walk(outline.segments(), ClassShapes::new).forEach(part -> all.dumps.putAll(part.dumps));
    return all;
  }

  @Override
  public void classDump(ClassDump dump) {
    dumps.put(dump.id(), dump);
  }

  /** Own fields first, then those of the super-classes. */
  byte[] types(long classId) {
    return types.computeIfAbsent(classId, this::gather);
  }

  private byte[] gather(long classId) {
    List<Integer> gathered = new ArrayList<>();
    ClassDump dump = dumps.get(classId);
    for (int depth = 0; dump != null && depth < DEEPEST; depth++) {
      dump.fields().forEach(field -> gathered.add(field.type()));
      dump = dumps.get(dump.superId());
    }
    byte[] result = new byte[gathered.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = gathered.get(i).byteValue();
    }
    return result;
  }
}
