package io.tare.heap.collections;

import io.tare.heap.collections.CollectionKind.Role;
import io.tare.heap.collections.CollectionKinds.Place;
import io.tare.heap.collections.CollectionKinds.Placed;
import io.tare.heap.dominators.DominatorTree.HeapParts;
import io.tare.heap.graph.Edges;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.ObjectScan;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.Classes;
import io.tare.heap.index.DumpIndex.ObjectIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.heap.index.Shapes;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.Bits;
import io.tare.heap.store.Bits.Ranks;
import io.tare.heap.store.Storage;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The references of all reached collections and of what they are made of, from two walks over the dump: the first reads the collections and
 * their entries, and finds out which arrays are theirs; the second reads those.
 */
final class StructureWalk implements Structure, AutoCloseable {
  private static final int MOST_PLACES = 8;

  private final HeapGraph graph;
  private final CollectionKinds kinds;
  private final Bits instances;
  private final Ranks instanceRanks;
  private final Edges ofInstances;
  /** Of the instances that have such a field; -1 if it can't be read. */
  private final Ints sizes;
  private final Bits arrays;
  private final Ranks arrayRanks;
  private final Edges ofArrays;

  StructureWalk(HeapParts heap, CollectionKinds kinds) {
    this.graph = heap.graph();
    this.kinds = kinds;
    Storage storage = heap.storage();
    instances = instances(heap);
    instanceRanks = new Ranks(storage, instances);
    sizes = new Ints(storage, instanceRanks.size() + 1L);
    ofInstances = new Edges(storage, instanceRanks.size() + 1, (long) MOST_PLACES * instanceRanks.size());
    arrays = new Bits(storage, graph.objects() + 1L);
    graph.index().passes().walk(graph.index().parts(), () -> new InstancePass(this));
    arrayRanks = new Ranks(storage, arrays);
    ofArrays = new Edges(storage, arrayRanks.size() + 1,
        graph.index().passes().file().size() / graph.index().passes().idBytes());
    graph.index().passes().walk(graph.index().parts(), () -> new ArrayPass(this));
  }

  private Bits instances(HeapParts heap) {
    Shapes shapes = graph.shapes();
    boolean[] wanted = new boolean[shapes.count()];
    for (int shape = 1; shape < wanted.length; shape++) {
      wanted[shape] = kinds.of(shapes.classOfShape(shape)) != null;
    }
    Bits found = new Bits(heap.storage(), graph.objects() + 1L);
    new ObjectScan(shapes, wanted, Optional.of(heap.reach().reachedOnes())).each(found::set);
    return found;
  }

  /** All reached objects of classes that are known. */
  Bits instances() {
    return instances;
  }

  @Override
  public int @Nullable [] references(int node) {
    return instances.get(node)
        ? row(ofInstances, instanceRanks.rank(node))
        : arrays.get(node) ? row(ofArrays, arrayRanks.rank(node)) : null;
  }

  private static int[] row(Edges rows, int number) {
    int[] found = new int[MOST_PLACES];
    int count = 0;
    long at = rows.start(number);
    for (boolean more = at != Edges.NONE; more; at++) {
      int entry = rows.entry(at);
      found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
      found[count++] = Edges.target(entry);
      more = !Edges.isLast(entry);
    }
    return count == found.length ? found : Arrays.copyOf(found, count);
  }

  @Override
  public OptionalLong size(int node) {
    int size = instances.get(node) ? sizes.get(instanceRanks.rank(node)) : -1;
    return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
  }

  @Override
  public void close() {
    instances.close();
    instanceRanks.close();
    sizes.close();
    ofInstances.close();
    arrays.close();
    arrayRanks.close();
    ofArrays.close();
  }

  /** What several threads have found is no number of an object, where the dump has none. */
  private static int target(long id, ObjectIndex objects) {
    int node = id == 0 ? 0 : objects.find(id);
    return id != 0 && node == 0 ? LOST : node;
  }

  /** The first walk. One thread's own. */
  private static final class InstancePass implements HeapVisitor {
    private final StructureWalk walk;
    private final ObjectIndex objects;
    private final Classes classes;
    private final Edges.Writer rows;
    private long lastClassId;
    private int lastClass = -1;

    InstancePass(StructureWalk walk) {
      this.walk = walk;
      this.objects = walk.graph.index().objects();
      this.classes = walk.graph.index().classes();
      this.rows = walk.ofInstances.writer();
    }

    @Override
    public void instance(long id, long classId, Window values, int length) {
      if (classId != lastClassId || lastClass < 0) {
        lastClassId = classId;
        lastClass = classes.find(classId);
      }
      Placed placed = walk.kinds.of(lastClass);
      int node = placed == null ? 0 : objects.find(id);
      if (placed == null || !walk.instances.get(node)) {
        return;
      }
      int rank = walk.instanceRanks.rank(node);
      rows.begin(placed.places().size());
      for (Place place : placed.places()) {
        boolean fits = place.offset() + values.idBytes() <= length;
        int target = fits ? target(values.idAt(place.offset()), objects) : LOST;
        rows.add(target);
        if (place.role() == Role.TABLE && target != LOST && target != 0) {
          mark(target);
        }
      }
      rows.end(rank);
      placed.size().ifPresent(field -> walk.sizes.set(rank, size(field, values, length)));
    }

    private static int size(FieldAt field, Window values, int length) {
      boolean fits = field.type() == BasicType.INT && field.offset() + Integer.BYTES <= length;
      return fits ? Math.max(-1, values.i4At(field.offset())) : -1;
    }

    private void mark(int target) {
      if (classes.get(walk.graph.shapes().classOf(target)).kind() == HeapClass.Kind.ARRAY) {
        walk.arrays.words().orAtomically(target >>> 6, 1L << target);
      }
    }
  }

  /** The second walk. One thread's own. */
  private static final class ArrayPass implements HeapVisitor {
    private final StructureWalk walk;
    private final ObjectIndex objects;
    private final Edges.Writer rows;

    ArrayPass(StructureWalk walk) {
      this.walk = walk;
      this.objects = walk.graph.index().objects();
      this.rows = walk.ofArrays.writer();
    }

    @Override
    public void objectArray(long id, long classId, Window elements, int count) {
      int node = objects.find(id);
      if (!walk.arrays.get(node)) {
        return;
      }
      rows.begin(count);
      int idBytes = elements.idBytes();
      for (long left = count; left > 0;) {
        int ready = elements.ready(idBytes, left * idBytes) / idBytes;
        for (int i = 0; i < ready; i++) {
          rows.add(target(elements.id(), objects));
        }
        if (ready == 0) {
          rows.add(LOST);
        }
        left = ready == 0 ? 0 : left - ready;
      }
      rows.end(walk.arrayRanks.rank(node));
    }
  }
}
