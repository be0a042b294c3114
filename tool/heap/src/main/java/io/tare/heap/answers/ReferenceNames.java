package io.tare.heap.answers;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.Names;
import io.tare.heap.index.HeapClass.FieldAt;

/** Says how one object refers to another: {@code table}, {@code [17]}, {@code static CACHE}. */
public final class ReferenceNames {
  private static final int LONGEST_SEARCH = 10_000_000;

  private final ObjectReader reader;
  private final Names names;

  public ReferenceNames(ObjectReader reader, Names names) {
    this.reader = reader;
    this.names = names;
  }

  /** Empty if the first does not refer to the second by a field or an element. */
  public String of(ObjectRecord from, long toId) {
    return switch (from) {
      case ObjectRecord.Instance instance -> field(instance, toId);
      case ObjectRecord.Array array -> element(array, toId);
      case ObjectRecord.Mirror mirror -> ofClass(mirror, toId);
    };
  }

  private String field(ObjectRecord.Instance instance, long toId) {
    for (FieldAt field : instance.heapClass().fields()) {
      if (field.type() == BasicType.OBJECT && reader.value(instance, field).orElse(0) == toId) {
        return field.name();
      }
    }
    return instance.heapClass().id() == toId ? "class" : "";
  }

  private String element(ObjectRecord.Array array, long toId) {
    int count = array.type() == BasicType.OBJECT ? Math.min(array.count(), LONGEST_SEARCH) : 0;
    for (int i = 0; i < count; i++) {
      if (reader.element(array, i).orElse(0) == toId) {
        return "[" + i + "]";
      }
    }
    return array.heapClass().id() == toId ? "class" : "";
  }

  private String ofClass(ObjectRecord.Mirror mirror, long toId) {
    ClassDump dump = mirror.dump();
    for (ClassDump.StaticField field : dump.statics()) {
      if (field.type() == BasicType.OBJECT && field.value() == toId) {
        return "static " + names.get(field.nameId());
      }
    }
    if (dump.loaderId() == toId) {
      return "class loader";
    }
    if (dump.superId() == toId) {
      return "super class";
    }
    return dump.protectionDomainId() == toId ? "protection domain" : dump.signersId() == toId ? "signers" : "constant";
  }
}
