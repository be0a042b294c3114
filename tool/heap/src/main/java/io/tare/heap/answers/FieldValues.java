package io.tare.heap.answers;

import io.tare.heap.hprof.BasicType;
import io.tare.model.heap.HeapValue;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Raw values of a dump by their type. */
public final class FieldValues {
  private static final Set<String> BOXES = Set.of("java.lang.Integer", "java.lang.Long", "java.lang.Short",
      "java.lang.Byte", "java.lang.Character", "java.lang.Boolean", "java.lang.Float", "java.lang.Double");

  private FieldValues() {}

  /** Whether it is a class of boxed numbers, with their value in the field {@code value}. */
  public static boolean isBox(String className) {
    return BOXES.contains(className);
  }

  /** Empty for references. */
  public static Optional<HeapValue> plain(int type, long raw) {
    return switch (type) {
      case BasicType.OBJECT -> Optional.empty();
      case BasicType.BOOLEAN -> Optional.of(new HeapValue.Flag(raw != 0));
      case BasicType.CHAR -> Optional.of(new HeapValue.Text(Character.toString((char) raw)));
      case BasicType.FLOAT -> Optional.of(new HeapValue.Decimal(Float.intBitsToFloat((int) raw)));
      case BasicType.DOUBLE -> Optional.of(new HeapValue.Decimal(Double.longBitsToDouble(raw)));
      default -> Optional.of(new HeapValue.Whole(raw));
    };
  }

  /** The value of a field or an element; nothing if the dump has none. */
  public static HeapValue of(int type, OptionalLong raw, HeapView view) {
    return raw.isEmpty()
        ? HeapValue.NOTHING
        : plain(type, raw.getAsLong()).orElseGet(() -> reference(raw.getAsLong(), view));
  }

  /** Without a label. */
  public static HeapValue reference(long address, HeapView view) {
    if (address == 0) {
      return HeapValue.NOTHING;
    }
    int node = view.node(address);
    return new HeapValue.Reference(address, node == 0 ? "" : view.classOf(node).name(), "");
  }

  /** {@code int}, {@code reference}. */
  public static String typeName(int type) {
    String array = type == BasicType.OBJECT ? "" : BasicType.arrayName(type);
    return array.isEmpty() ? "reference" : array.substring(0, array.length() - 2);
  }
}
