package io.tare.heap.query;

import io.tare.heap.answers.FieldValues;
import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.answers.RootPaths;
import io.tare.heap.answers.RootPaths.Holder;
import io.tare.heap.graph.HeapGraph.RootSet;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.index.HeapClass;
import io.tare.heap.query.Expression.Attribute;
import io.tare.heap.query.Values.Shown;
import io.tare.heap.query.Values.Texts;
import io.tare.model.heap.HeapValue;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fields, elements and attributes of objects. */
final class Members {
  /** Where MAT's own interfaces are, which its examples ask for. */
  static final String MAT_MODEL = "org.eclipse.mat.snapshot.model.";

  private final HeapView view;
  private final ObjectReader reader;
  private final Texts texts;
  private @Nullable Map<Integer, Root> roots;
  private long @Nullable [] instances;

  Members(HeapView view, ObjectReader reader, Texts texts) {
    this.view = view;
    this.reader = reader;
    this.texts = texts;
  }

  HeapValue reference(long address) {
    return FieldValues.reference(address, view);
  }

  private HeapValue value(int type, OptionalLong raw) {
    return FieldValues.of(type, raw, view);
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
    if (!(index instanceof HeapValue.Whole(long at)) || at < 0) {
      return HeapValue.NOTHING;
    }
    if (of instanceof HeapValue.Many many) {
      return at < many.values().size() ? many.values().get((int) at) : HeapValue.NOTHING;
    }
    return of instanceof HeapValue.Reference reference
        && reader.find(reference.address()).orElse(null) instanceof ObjectRecord.Array array && at < array.count()
            ? value(array.type(), reader.element(array, (int) at))
            : HeapValue.NOTHING;
  }

  /** The elements from one place to another, both included; what is behind the end is not there. */
  HeapValue slice(HeapValue of, HeapValue from, HeapValue to) {
    long length = property(of, Attribute.LENGTH) instanceof HeapValue.Whole(long number) ? number : -1;
    if (length < 0 || !(from instanceof HeapValue.Whole(long first)) || !(to instanceof HeapValue.Whole(long last))) {
      return HeapValue.NOTHING;
    }
    int start = (int) Math.clamp(first, 0, length);
    int count = (int) Math.clamp(last + 1 - start, 0, length - start);
    return new HeapValue.Many(new AbstractList<>() {
      @Override
      public HeapValue get(int index) {
        return element(of, new HeapValue.Whole(start + (long) index));
      }

      @Override
      public int size() {
        return count;
      }
    }, count);
  }

  /** Where MAT's functions take an object, an address will do as well. */
  HeapValue object(HeapValue value) {
    return value instanceof HeapValue.Whole(long address) && view.node(address) != 0 ? reference(address) : value;
  }

  /** The object is of a kind that MAT has an interface for. */
  boolean isOfModel(long address, String name) {
    ObjectRecord record = reader.find(address).orElse(null);
    return switch (name.substring(MAT_MODEL.length())) {
      case "IObject" -> true;
      case "IClass" -> record instanceof ObjectRecord.Mirror;
      case "IInstance" -> record instanceof ObjectRecord.Instance;
      case "IArray" -> record instanceof ObjectRecord.Array;
      case "IPrimitiveArray" -> record instanceof ObjectRecord.Array array && array.type() != BasicType.OBJECT;
      case "IObjectArray" -> record instanceof ObjectRecord.Array array && array.type() == BasicType.OBJECT;
      case "IClassLoader" -> view.classOf(view.node(address)).kind() == HeapClass.Kind.LOADER;
      default -> false;
    };
  }

  HeapValue dominator(HeapValue of) {
    int node = of instanceof HeapValue.Reference reference ? view.node(reference.address()) : 0;
    int above = node == 0 || !view.reach().reached(node) ? 0 : view.tree().dominator(node);
    return above == 0 ? HeapValue.NOTHING : reference(view.address(above));
  }

  HeapValue property(HeapValue of, Attribute attribute) {
    if (attribute == Attribute.LENGTH && of instanceof HeapValue.Many many) {
      return new HeapValue.Whole(many.count());
    }
    if (attribute == Attribute.LENGTH && of instanceof HeapValue.Text text) {
      return new HeapValue.Whole(text.text().length());
    }
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
      case ROOT -> root(node);
      case SUPER_CLASS -> ofClass(node, heapClass -> classNumber(heapClass.superNumber()));
      case LOADER -> ofClass(node, heapClass -> reference(heapClass.loaderId()));
      case LOADER_ID -> ofClass(node, heapClass -> number(heapClass.loaderId()));
      case INSTANCES -> ofClass(node, heapClass -> new HeapValue.Whole(instances(heapClass)));
      case IS_ARRAY -> ofClass(node, heapClass -> new HeapValue.Flag(heapClass.name().endsWith("[]")));
      case ELEMENTS -> slice(of, new HeapValue.Whole(0), new HeapValue.Whole(Integer.MAX_VALUE - 1L));
    };
  }

  /** Why a root keeps the object, in words; null if none does. */
  private HeapValue root(int node) {
    Map<Integer, Root> known = roots;
    if (known == null) {
      known = new HashMap<>(view.graph().roots().roots());
      for (List<RootSet.Local> locals : view.graph().roots().locals().values()) {
        for (RootSet.Local local : locals) {
          known.putIfAbsent(local.node(), local.root());
        }
      }
      roots = known;
    }
    Root root = known.get(node);
    return root == null ? HeapValue.NOTHING : new HeapValue.Text(root.kind().words());
  }

  private HeapValue ofClass(int node, Function<HeapClass, HeapValue> value) {
    return view.graph().index().classes().ofNode(node).map(value).orElse(HeapValue.NOTHING);
  }

  private HeapValue classNumber(int number) {
    return number < 0 ? HeapValue.NOTHING : reference(view.graph().index().classes().get(number).id());
  }

  /** 0 is MAT's number of the loader of the JVM itself. */
  private HeapValue number(long address) {
    return new HeapValue.Whole(address == 0 ? 0 : view.node(address));
  }

  private long instances(HeapClass heapClass) {
    long[] counts = instances;
    if (counts == null) {
      counts = new long[view.graph().index().classes().count()];
      for (int node = 1; node <= view.graph().objects(); node++) {
        counts[view.graph().shapes().classOf(node)] += view.reach().reached(node) ? 1 : 0;
      }
      instances = counts;
    }
    return counts[heapClass.number()];
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
