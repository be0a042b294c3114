package io.tare.heap.graph;

import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.MirrorSizes;
import io.tare.heap.index.Shapes;
import io.tare.heap.store.Storage;
import java.util.List;

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
    return new HeapGraph(index, shapes, roots, edges, dangling);
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
}
