package io.tare.heap.graph;

import io.tare.heap.graph.HeapGraph.RootSet;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.hprof.HeapVisitor.Root.Kind;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.Classes;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.DumpIndex.ObjectIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.Layout;
import io.tare.heap.index.MirrorSizes;
import io.tare.heap.index.PieceFilter;
import io.tare.heap.index.Positions;
import io.tare.heap.index.Shapes;
import io.tare.heap.index.Shapes.ArrayShapes;
import io.tare.heap.store.Packed;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import io.tare.heap.store.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects, shapes, references and roots.
 *
 * @param danglingReferences to addresses where the dump has no object
 */
public record HeapGraph(DumpIndex index, Shapes shapes, RootSet roots, Edges edges, long danglingReferences) {

  public static HeapGraph build(DumpIndex index, Storage storage) {
    int objects = index.objects().size();
    RootSet roots = RootSet.of(index);
    Shapes shapes = new Shapes(storage, objects);
    Edges edges = new Edges(storage, objects, index.passes().file().size() / index.passes().idBytes());
    ReferencePass.Target target = new ReferencePass.Target(index, roots, shapes, edges, MirrorSizes.of(index));
    long dangling = index.passes().walk(index.parts(), () -> new ReferencePass(target)).stream()
        .mapToLong(ReferencePass::dangling).sum();
    roots.addHolders(index, shapes);
    return new HeapGraph(index, shapes, roots, edges, dangling);
  }

  /** As it was written, without the references. */
  public static HeapGraph read(Sections from, DumpIndex index, Storage storage) {
    Shapes shapes = new Shapes(from);
    RootSet roots = RootSet.of(index);
    roots.addHolders(index, shapes);
    Edges none = new Edges(storage, 0, 0);
    none.close();
    return new HeapGraph(index, shapes, roots, none, from.packed("graph").i8());
  }

  public void write(SectionWriter to) throws IOException {
    shapes.write(to);
    Packed.Out out = new Packed.Out();
    out.i8(danglingReferences);
    to.add("graph", out);
  }

  public int objects() {
    return index.objects().size();
  }

  /** The object of the class of every shape, which all objects of that shape refer to; 0 if the dump does not hold it. */
  public int[] classNodeOfShape() {
    List<HeapClass> all = index.classes().all();
    int[] nodes = new int[shapes.count()];
    for (int shape = 1; shape < nodes.length; shape++) {
      nodes[shape] = all.get(shapes.classOfShape(shape)).node();
    }
    return nodes;
  }

  /**
   * The roots by object number. What lies on a thread's stack is held by the thread, so it stands with the thread and is no root
   * of its own.
   *
   * @param roots first root of every object that has one
   * @param locals what the stack of the thread with this object holds
   * @param standIns whether roots were lost, and classes, threads and class loaders stand in for them
   */
  public record RootSet(Map<Integer, Root> roots, Map<Integer, List<Local>> locals, Map<Integer, Root> threads,
      boolean standIns) {

    /** An object on a thread's stack, and why. */
    public record Local(int node, Root root) {}

    public static RootSet of(DumpIndex index) {
      Map<Integer, Integer> threadNodes = new HashMap<>();
      Map<Integer, Root> threads = new HashMap<>();
      for (Root root : index.roots()) {
        int node = index.objects().find(root.objectId());
        if (root.kind() == Kind.THREAD && node != 0) {
          threadNodes.put(root.threadSerial(), node);
          threads.put(node, root);
        }
      }
      Map<Integer, Root> roots = new HashMap<>();
      Map<Integer, List<Local>> locals = new HashMap<>();
      for (Root root : index.roots()) {
        int node = index.objects().find(root.objectId());
        Integer thread = onStack(root.kind()) ? threadNodes.get(root.threadSerial()) : null;
        if (node != 0 && thread != null) {
          locals.computeIfAbsent(thread, key -> new ArrayList<>()).add(new Local(node, root));
        } else if (node != 0) {
          roots.putIfAbsent(node, root);
        }
      }
      boolean standIns = areLost(index);
      if (standIns) {
        index.classes().all().stream().filter(heapClass -> heapClass.node() != 0)
            .forEach(heapClass -> roots.putIfAbsent(heapClass.node(), standIn(heapClass.id())));
      }
      return new RootSet(roots, locals, threads, standIns);
    }

    /** JDK 17 writes the roots last, the system's classes at the very end. */
    private static boolean areLost(DumpIndex index) {
      return index.roots().isEmpty()
          || (index.outline().truncated()
              && index.roots().stream().noneMatch(root -> root.kind() == Kind.STICKY_CLASS));
    }

    private static Root standIn(long id) {
      return new Root(Kind.STAND_IN, id, 0, -1);
    }

    /** Threads and class loaders, which can be told by their class only. */
    private void addHolders(DumpIndex index, Shapes shapes) {
      for (int node = 1; standIns && node <= index.objects().size(); node++) {
        HeapClass.Kind kind = index.classes().get(shapes.classOf(node)).kind();
        if (kind == HeapClass.Kind.THREAD || kind == HeapClass.Kind.LOADER) {
          roots.putIfAbsent(node, standIn(index.objects().idOf(node)));
        }
      }
    }

    private static boolean onStack(Kind kind) {
      return switch (kind) {
        case JNI_LOCAL, JAVA_FRAME, NATIVE_STACK, THREAD_BLOCK -> true;
        default -> false;
      };
    }

    /** The objects with a root, in the order of their numbers. */
    public int[] nodes() {
      return roots.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    }
  }
}

/** Finds the shape of every object and writes down its references. One thread's own. */
final class ReferencePass implements HeapVisitor {
  /** What is read from and written to. */
  record Target(DumpIndex index, RootSet roots, Shapes shapes, Edges edges, MirrorSizes mirrors) {}

  private final ObjectIndex objects;
  private final Classes classes;
  private final Layout layout;
  private final RootSet roots;
  private final Shapes shapes;
  private final MirrorSizes mirrors;
  private final Edges.Writer rows;
  private final ArrayShapes arrays;
  private final @Nullable Positions positions;
  private final PieceFilter.@Nullable Marker marker;
  private final int[] shapeOfClass;
  private long lastClassId;
  private int lastClass = -1;
  private long dangling;

  ReferencePass(Target target) {
    this.objects = target.index().objects();
    this.classes = target.index().classes();
    this.layout = target.index().layout();
    this.roots = target.roots();
    this.shapes = target.shapes();
    this.mirrors = target.mirrors();
    this.rows = target.edges().writer();
    this.arrays = new ArrayShapes(target.index(), shapes);
    this.shapeOfClass = new int[classes.count()];
    this.positions = target.index().positions().orElse(null);
    this.marker = target.index().references().map(PieceFilter::marker).orElse(null);
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

  /** The place of the record whose content begins where the window is. */
  private void keepPosition(int node, Window content, int headerBytes) {
    if (positions != null) {
      positions.set(node, content.position() - headerBytes);
    }
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    int node = objects.find(id);
    keepPosition(node, values, 2 * values.idBytes() + 9);
    int number = classNumber(classId);
    HeapClass heapClass = classes.get(number);
    shapes.set(node, heapClass.kind() == HeapClass.Kind.STACK_CHUNK ? withStack(heapClass, values) : shape(heapClass));
    if (marker != null && heapClass.isReference()) {
      markReferent(heapClass, values, length);
    }
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

  /** What holds nothing refers all the same. */
  private void markReferent(HeapClass heapClass, Window values, int length) {
    for (HeapClass.FieldAt field : heapClass.fields()) {
      if (field.type() == BasicType.OBJECT && field.offset() + values.idBytes() <= length) {
        mark(values.idAt(field.offset()));
      }
    }
  }

  private void mark(long id) {
    if (marker != null) {
      marker.mark(id);
    }
  }

  @Override
  public void pieceEnds(long from, long to) {
    if (marker != null) {
      marker.pieceEnds(from);
    }
  }

  private int withStack(HeapClass heapClass, Window values) {
    long words = heapClass.field("size").map(field -> values.i4At(field.offset())).orElse(0);
    return shapes.number(heapClass.number(), layout.withStack(heapClass.instanceBytes(), Math.max(0, words)));
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
    keepPosition(node, elements, 2 * elements.idBytes() + 9);
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
    int node = objects.find(id);
    keepPosition(node, elements, elements.idBytes() + 10);
    shapes.set(node, arrays.shape(classes.ofPrimitiveArray(type), type, length));
  }

  /** Nulls are no references. */
  private void add(long id) {
    if (id != 0) {
      mark(id);
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
