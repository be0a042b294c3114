package io.tare.heapdump.graph;

import io.tare.heapdump.hprof.BasicType;
import io.tare.heapdump.hprof.ClassDump;
import io.tare.heapdump.hprof.Window;
import io.tare.heapdump.index.HeapClass;
import java.util.function.LongConsumer;

/** The addresses that a record refers to, in the order of the file, without the nulls. */
final class References {
  private References() {}

  static void ofInstance(HeapClass heapClass, Window values, int length, LongConsumer each) {
    HeapClass.Offsets offsets = heapClass.referenceOffsets();
    int last = length - values.idBytes();
    for (int i = 0; i < offsets.count(); i++) {
      int offset = offsets.get(i);
      long id = offset <= last ? values.idAt(offset) : 0;
      if (id != 0) {
        each.accept(id);
      }
    }
  }

  static void ofArray(Window elements, int count, LongConsumer each) {
    int idBytes = elements.idBytes();
    for (long left = count; left > 0;) {
      int ready = elements.ready(idBytes, left * idBytes) / idBytes;
      if (ready == 0) {
        return;
      }
      for (int i = 0; i < ready; i++) {
        long id = elements.id();
        if (id != 0) {
          each.accept(id);
        }
      }
      left -= ready;
    }
  }

  static void ofClass(ClassDump dump, LongConsumer each) {
    nonNull(dump.superId(), each);
    nonNull(dump.loaderId(), each);
    nonNull(dump.signersId(), each);
    nonNull(dump.protectionDomainId(), each);
    dump.constantIds().forEach(id -> nonNull(id, each));
    for (ClassDump.StaticField field : dump.statics()) {
      if (field.type() == BasicType.OBJECT) {
        nonNull(field.value(), each);
      }
    }
  }

  private static void nonNull(long id, LongConsumer each) {
    if (id != 0) {
      each.accept(id);
    }
  }
}
