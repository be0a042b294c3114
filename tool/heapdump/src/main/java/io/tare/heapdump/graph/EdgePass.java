package io.tare.heapdump.graph;

import io.tare.heapdump.hprof.ClassDump;
import io.tare.heapdump.hprof.HeapVisitor;
import io.tare.heapdump.hprof.Window;
import io.tare.heapdump.index.Classes;
import io.tare.heapdump.index.DumpIndex;
import io.tare.heapdump.index.HeapClass;
import io.tare.heapdump.index.ObjectIndex;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Writes the references of every object into the room made for them. One thread's own. */
final class EdgePass implements HeapVisitor {
  private final ObjectIndex objects;
  private final Classes classes;
  private final RootSet roots;
  private final Edges edges;
  private final LongAdder dangling;
  private long lastClassId;
  private int lastClass = -1;
  private long at;
  private long end;
  private final LongConsumer adding = this::add;

  EdgePass(DumpIndex index, RootSet roots, Edges edges, LongAdder dangling) {
    this.objects = index.objects();
    this.classes = index.classes();
    this.roots = roots;
    this.edges = edges;
    this.dangling = dangling;
  }

  @Override
  public void classDump(ClassDump dump) {
    begin(objects.find(dump.id()));
    References.ofClass(dump, adding);
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    if (classId != lastClassId || lastClass < 0) {
      lastClassId = classId;
      lastClass = classes.find(classId);
    }
    HeapClass heapClass = classes.get(lastClass);
    if (heapClass.referenceOffsets().count() == 0 && heapClass.kind() != HeapClass.Kind.THREAD) {
      return;
    }
    int node = objects.find(id);
    begin(node);
    References.ofInstance(heapClass, values, length, adding);
    if (heapClass.kind() == HeapClass.Kind.THREAD) {
      roots.locals().getOrDefault(node, List.of()).forEach(local -> put(local.node()));
    }
  }

  @Override
  public void objectArray(long id, long classId, Window elements, int count) {
    if (count > 0) {
      begin(objects.find(id));
      References.ofArray(elements, count, adding);
    }
  }

  private void begin(int node) {
    at = edges.start(node);
    end = at + edges.degree(node);
  }

  private void add(long id) {
    int node = objects.find(id);
    if (node == 0) {
      dangling.increment();
    }
    put(node);
  }

  /** A damaged dump may hold an object twice: its row has room for one of them. */
  private void put(int node) {
    if (at < end) {
      edges.set(at++, node);
    }
  }
}
