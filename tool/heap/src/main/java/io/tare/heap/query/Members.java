package io.tare.heap.query;

import io.tare.heap.answers.FieldValues;
import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Holder;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.answers.ObjectRecord;
import io.tare.heap.answers.RootPaths;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.model.heap.HeapValue;
import java.util.OptionalLong;

/** Fields, elements and attributes of objects. */
final class Members {
  private final HeapView view;
  private final ObjectReader reader;
  private final Texts texts;

  Members(HeapView view, ObjectReader reader, Texts texts) {
    this.view = view;
    this.reader = reader;
    this.texts = texts;
  }

  HeapValue reference(long address) {
    if (address == 0) {
      return HeapValue.NOTHING;
    }
    int node = view.node(address);
    return new HeapValue.Reference(address, node == 0 ? "" : view.classOf(node).name(), "");
  }

  private HeapValue value(int type, OptionalLong raw) {
    return raw.isEmpty()
        ? HeapValue.NOTHING
        : FieldValues.plain(type, raw.getAsLong()).orElseGet(() -> reference(raw.getAsLong()));
  }

  /** The field of the object, or the static field of the class; null if it has none of that name. */
  HeapValue field(HeapValue of, String name) {
    if (!(of instanceof HeapValue.Reference reference)) {
      return HeapValue.NOTHING;
    }
    return switch (reader.find(reference.address()).orElse(null)) {
      case ObjectRecord.Instance instance -> instance.heapClass().field(name)
          .map(field -> value(field.type(), reader.value(instance, field))).orElse(HeapValue.NOTHING);
      case ObjectRecord.Mirror mirror -> staticField(mirror, name);
      case ObjectRecord.Array array when name.equals("length") -> new HeapValue.Whole(array.count());
      case ObjectRecord.Array _ -> HeapValue.NOTHING;
      case null -> HeapValue.NOTHING;
    };
  }

  private HeapValue staticField(ObjectRecord.Mirror mirror, String name) {
    for (ClassDump.StaticField field : mirror.dump().statics()) {
      if (view.graph().index().outline().names().get(field.nameId()).equals(name)) {
        return value(field.type(), OptionalLong.of(field.value()));
      }
    }
    return HeapValue.NOTHING;
  }

  HeapValue element(HeapValue of, HeapValue index) {
    return of instanceof HeapValue.Reference reference && index instanceof HeapValue.Whole(long at)
        && reader.find(reference.address()).orElse(null) instanceof ObjectRecord.Array array
        && at >= 0 && at < array.count()
            ? value(array.type(), reader.element(array, (int) at))
            : HeapValue.NOTHING;
  }

  HeapValue dominator(HeapValue of) {
    int node = of instanceof HeapValue.Reference reference ? view.node(reference.address()) : 0;
    int above = node == 0 || !view.reach().reached(node) ? 0 : view.tree().dominator(node);
    return above == 0 ? HeapValue.NOTHING : reference(view.address(above));
  }

  HeapValue property(HeapValue of, Attribute attribute) {
    if (!(of instanceof HeapValue.Reference reference)) {
      return HeapValue.NOTHING;
    }
    int node = view.node(reference.address());
    if (attribute == Attribute.ADDRESS || node == 0) {
      return attribute == Attribute.ADDRESS ? new HeapValue.Whole(reference.address()) : HeapValue.NOTHING;
    }
    boolean reached = view.reach().reached(node);
    return switch (attribute) {
      case ADDRESS -> new HeapValue.Whole(reference.address());
      case ID -> new HeapValue.Whole(node);
      case SHALLOW -> new HeapValue.Whole(view.graph().shapes().shallowBytes(node));
      case RETAINED -> reached ? new HeapValue.Whole(view.retainedBytes(node)) : HeapValue.NOTHING;
      case CLASS -> reference(view.classOf(node).id());
      case NAME -> view.graph().index().classes().ofNode(node)
          .<HeapValue>map(described -> new HeapValue.Text(described.name())).orElse(HeapValue.NOTHING);
      case LENGTH -> length(reference.address());
      case DISPLAY_NAME -> new HeapValue.Text(
          Shown.of(reference) + texts.of(reference.address()).map(text -> " " + text).orElse(""));
      case REACHABLE -> new HeapValue.Flag(reached);
      case HELD_BY -> reached
          ? new HeapValue.Text(Holder.words(new RootPaths(view.graph(), view.reach(), reader).to(node)))
          : HeapValue.NOTHING;
    };
  }

  /** Elements of an array, characters of a string. */
  private HeapValue length(long address) {
    if (reader.find(address).orElse(null) instanceof ObjectRecord.Array array) {
      return new HeapValue.Whole(array.count());
    }
    OptionalLong valueId = view.classOf(view.node(address)).name().equals("java.lang.String")
        ? reader.value(address, "value")
        : OptionalLong.empty();
    if (valueId.isPresent() && reader.find(valueId.getAsLong()).orElse(null) instanceof ObjectRecord.Array array) {
      boolean wide = array.type() == BasicType.BYTE && reader.value(address, "coder").orElse(0) == 1;
      return new HeapValue.Whole(wide ? array.count() / 2 : array.count());
    }
    return HeapValue.NOTHING;
  }
}
