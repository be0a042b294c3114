package io.tare.heapdump.graph;

import io.tare.heapdump.hprof.BasicType;
import io.tare.heapdump.hprof.ClassDump;
import io.tare.heapdump.hprof.HeapVisitor;
import io.tare.heapdump.hprof.Window;
import io.tare.heapdump.index.ArrayShapes;
import io.tare.heapdump.index.DumpIndex;
import io.tare.heapdump.index.HeapClass;
import io.tare.heapdump.index.MirrorSizes;
import io.tare.heapdump.index.Shapes;
import java.util.List;
import java.util.function.LongConsumer;

/** Finds the shape of every object and counts its references. One thread's own. */
final class DegreePass implements HeapVisitor {
  /** What is read from and written to. */
  record Target(DumpIndex index, RootSet roots, Shapes shapes, Edges edges, MirrorSizes mirrors) {}

  private final Target target;
  private final DumpIndex index;
  private final ArrayShapes arrays;
  private final int[] shapeOfClass;
  private long lastClassId;
  private int lastClass = -1;
  private int count;
  private final LongConsumer counting = this::count;

  DegreePass(Target target) {
    this.target = target;
    this.index = target.index();
    this.arrays = new ArrayShapes(index, target.shapes());
    this.shapeOfClass = new int[index.classes().count()];
  }

  @Override
  public void classDump(ClassDump dump) {
    int node = index.objects().find(dump.id());
    target.shapes().set(node, target.mirrors().shape(dump, target.shapes()));
    count = 0;
    References.ofClass(dump, counting);
    target.edges().setDegree(node, count);
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    int node = index.objects().find(id);
    int number = classNumber(classId);
    HeapClass heapClass = index.classes().get(number);
    int shape = shapeOfClass[number];
    if (shape == 0) {
      shape = target.shapes().number(number, heapClass.instanceBytes());
      shapeOfClass[number] = shape;
    }
    target.shapes().set(node, shape);
    HeapClass.Offsets offsets = heapClass.referenceOffsets();
    int degree = 0;
    for (int i = 0, last = length - values.idBytes(); i < offsets.count(); i++) {
      int offset = offsets.get(i);
      if (offset <= last && values.idAt(offset) != 0) {
        degree++;
      }
    }
    if (heapClass.kind() == HeapClass.Kind.THREAD) {
      degree += target.roots().locals().getOrDefault(node, List.of()).size();
    }
    target.edges().setDegree(node, degree);
  }

  @Override
  public void objectArray(long id, long classId, Window elements, int length) {
    int node = index.objects().find(id);
    target.shapes().set(node, arrays.shape(classNumber(classId), BasicType.OBJECT, length));
    int idBytes = elements.idBytes();
    int degree = 0;
    for (long left = length; left > 0;) {
      int ready = elements.ready(idBytes, left * idBytes) / idBytes;
      for (int i = 0; i < ready; i++) {
        degree += elements.id() != 0 ? 1 : 0;
      }
      left = ready == 0 ? 0 : left - ready;
    }
    target.edges().setDegree(node, degree);
  }

  @Override
  public void primitiveArray(long id, int type, Window elements, int length) {
    int node = index.objects().find(id);
    target.shapes().set(node, arrays.shape(index.classes().ofPrimitiveArray(type), type, length));
  }

  private void count(long id) {
    count++;
  }

  private int classNumber(long classId) {
    if (classId != lastClassId || lastClass < 0) {
      lastClassId = classId;
      lastClass = index.classes().find(classId);
    }
    return lastClass;
  }
}
