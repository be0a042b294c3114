package io.tare.heap.graph;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.ArrayShapes;
import io.tare.heap.index.Classes;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.MirrorSizes;
import io.tare.heap.index.ObjectIndex;
import io.tare.heap.index.Shapes;
import java.util.List;

/** Finds the shape of every object and writes down its references. One thread's own. */
final class ReferencePass implements HeapVisitor {
  /** What is read from and written to. */
  record Target(DumpIndex index, RootSet roots, Shapes shapes, Edges edges, MirrorSizes mirrors) {}

  private final ObjectIndex objects;
  private final Classes classes;
  private final RootSet roots;
  private final Shapes shapes;
  private final MirrorSizes mirrors;
  private final Edges.Writer rows;
  private final ArrayShapes arrays;
  private final int[] shapeOfClass;
  private long lastClassId;
  private int lastClass = -1;
  private long dangling;

  ReferencePass(Target target) {
    this.objects = target.index().objects();
    this.classes = target.index().classes();
    this.roots = target.roots();
    this.shapes = target.shapes();
    this.mirrors = target.mirrors();
    this.rows = target.edges().writer();
    this.arrays = new ArrayShapes(target.index(), shapes);
    this.shapeOfClass = new int[classes.count()];
  }

  /** How many references led to no object of the dump. */
  long dangling() {
    return dangling;
  }

  @Override
  public void classDump(ClassDump dump) {
    int node = objects.find(dump.id());
    shapes.set(node, mirrors.shape(dump, shapes));
    rows.begin(4L + dump.constantIds().size() + dump.statics().size());
    add(dump.superId());
    add(dump.loaderId());
    add(dump.signersId());
    add(dump.protectionDomainId());
    dump.constantIds().forEach(this::add);
    for (ClassDump.StaticField field : dump.statics()) {
      if (field.type() == BasicType.OBJECT) {
        add(field.value());
      }
    }
    rows.end(node);
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    int node = objects.find(id);
    int number = classNumber(classId);
    HeapClass heapClass = classes.get(number);
    shapes.set(node, shape(heapClass));
    HeapClass.Offsets offsets = heapClass.referenceOffsets();
    boolean isThread = heapClass.kind() == HeapClass.Kind.THREAD;
    if (offsets.count() == 0 && !isThread) {
      return;
    }
    List<RootSet.Local> locals = isThread ? roots.locals().getOrDefault(node, List.of()) : List.of();
    rows.begin(offsets.count() + locals.size());
    int last = length - values.idBytes();
    for (int i = 0; i < offsets.count(); i++) {
      int offset = offsets.get(i);
      if (offset <= last) {
        add(values.idAt(offset));
      }
    }
    for (RootSet.Local local : locals) {
      rows.add(local.node());
    }
    rows.end(node);
  }

  private int shape(HeapClass heapClass) {
    int number = heapClass.number();
    int shape = shapeOfClass[number];
    if (shape == 0) {
      shape = shapes.number(number, heapClass.instanceBytes());
      shapeOfClass[number] = shape;
    }
    return shape;
  }

  @Override
  public void objectArray(long id, long classId, Window elements, int count) {
    int node = objects.find(id);
    shapes.set(node, arrays.shape(classNumber(classId), BasicType.OBJECT, count));
    rows.begin(count);
    int idBytes = elements.idBytes();
    for (long left = count; left > 0;) {
      int ready = elements.ready(idBytes, left * idBytes) / idBytes;
      for (int i = 0; i < ready; i++) {
        add(elements.id());
      }
      left = ready == 0 ? 0 : left - ready;
    }
    rows.end(node);
  }

  @Override
  public void primitiveArray(long id, int type, Window elements, int length) {
    shapes.set(objects.find(id), arrays.shape(classes.ofPrimitiveArray(type), type, length));
  }

  /** Nulls are no references. */
  private void add(long id) {
    if (id != 0) {
      int node = objects.find(id);
      dangling += node == 0 ? 1 : 0;
      rows.add(node);
    }
  }

  private int classNumber(long classId) {
    if (classId != lastClassId || lastClass < 0) {
      lastClassId = classId;
      lastClass = classes.find(classId);
    }
    return lastClass;
  }
}
