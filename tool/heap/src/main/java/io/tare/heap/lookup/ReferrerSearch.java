package io.tare.heap.lookup;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.Classes;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Who refers to an object, found by a walk over the whole dump: the graph has no way back. References of every strength count. */
final class ReferrerSearch implements HeapVisitor {
  private static final int MOST_KEPT = 10_000;

  /** The referrers by address, as many as are kept, and how many there are. */
  record Found(List<Long> addresses, long count) {}

  private final long wanted;
  private final Classes classes;
  private final List<Long> found = new ArrayList<>();
  private long count;

  private ReferrerSearch(long wanted, Classes classes) {
    this.wanted = wanted;
    this.classes = classes;
  }

  static Found search(long address, DumpIndex index) {
    TreeSet<Long> addresses = new TreeSet<>();
    long count = 0;
    for (ReferrerSearch part : index.passes().walk(index.parts(),
        () -> new ReferrerSearch(address, index.classes()))) {
      addresses.addAll(part.found);
      count += part.count;
    }
    return new Found(addresses.stream().limit(MOST_KEPT).toList(), count);
  }

  @Override
  public void classDump(ClassDump dump) {
    boolean refers = dump.superId() == wanted || dump.loaderId() == wanted || dump.signersId() == wanted
        || dump.protectionDomainId() == wanted || dump.constantIds().contains(wanted)
        || dump.statics().stream().anyMatch(field -> field.type() == BasicType.OBJECT && field.value() == wanted);
    if (refers) {
      add(dump.id());
    }
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    int number = classes.find(classId);
    if (number < 0) {
      return;
    }
    for (HeapClass.FieldAt field : classes.get(number).fields()) {
      if (field.type() == BasicType.OBJECT && field.offset() + values.idBytes() <= length
          && values.idAt(field.offset()) == wanted) {
        add(id);
        return;
      }
    }
  }

  @Override
  public void objectArray(long id, long classId, Window elements, int length) {
    int idBytes = elements.idBytes();
    for (long left = length; left > 0;) {
      int ready = elements.ready(idBytes, left * idBytes) / idBytes;
      for (int i = 0; i < ready; i++) {
        if (elements.id() == wanted) {
          add(id);
          return;
        }
      }
      left = ready == 0 ? 0 : left - ready;
    }
  }

  private void add(long id) {
    count++;
    if (found.size() < MOST_KEPT) {
      found.add(id);
    }
  }
}
