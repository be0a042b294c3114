package io.tare.capture.memory.hotspot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a class's fields lie in its objects, from the class's own field table: six shorts a field before JDK 21, a stream of
 * packed numbers since.
 */
final class JavaFields {
  private static final int MOST_FIELDS = 1000;
  private static final int SHORTS_PER_FIELD = 6;
  private static final int TAG_BITS = 2;

  private final Vm vm;
  private final Map<Long, Map<String, Integer>> byClass = new HashMap<>();

  JavaFields(Vm vm) {
    this.vm = vm;
  }

  boolean has(long klass, String field) throws Unreadable {
    return of(klass).containsKey(field);
  }

  int offset(long klass, String field) throws Unreadable {
    Integer offset = of(klass).get(field);
    if (offset == null || offset < 0) {
      throw new Unreadable("class at " + Long.toHexString(klass) + " has no field " + field);
    }
    return offset;
  }

  private Map<String, Integer> of(long klass) throws Unreadable {
    Map<String, Integer> known = byClass.get(klass);
    if (known == null) {
      known = vm.has("InstanceKlass._fieldinfo_stream") ? fromStream(klass) : fromShorts(klass);
      byClass.put(klass, known);
    }
    return known;
  }

  private Map<String, Integer> fromShorts(long klass) throws Unreadable {
    long array = vm.word(klass, "InstanceKlass._fields");
    long data = vm.at(array, "Array<u2>._data");
    long count = Math.min(vm.u16(vm.at(klass, "InstanceKlass._java_fields_count")), MOST_FIELDS);
    long constants = vm.word(klass, "InstanceKlass._constants");
    Map<String, Integer> offsets = new HashMap<>();
    for (int i = 0; i < count; i++) {
      long field = data + 2L * SHORTS_PER_FIELD * i;
      long packed = vm.u16(field + 8) | vm.u16(field + 10) << 16;
      offsets.put(constant(constants, vm.u16(field + 2)), (int) (packed >>> TAG_BITS));
    }
    return offsets;
  }

  private Map<String, Integer> fromStream(long klass) throws Unreadable {
    long array = vm.word(klass, "InstanceKlass._fieldinfo_stream");
    int length = vm.i32(vm.at(array, "Array<int>._length"));
    if (length < 0 || length > 20 * MOST_FIELDS) {
      throw Unreadable.at("field stream", array);
    }
    FieldStream stream = new FieldStream(vm.bytes(vm.at(array, "Array<u1>._data"), length),
        vm.has("InstanceKlass._value_field_layout_info_array"));
    long constants = vm.word(klass, "InstanceKlass._constants");
    Map<String, Integer> offsets = new HashMap<>();
    for (FieldStream.Field field : stream.fields()) {
      offsets.put(constant(constants, field.nameIndex()), field.offset());
    }
    return offsets;
  }

  private String constant(long constants, long index) throws Unreadable {
    return symbol(vm.word(constants + vm.sizeOf("ConstantPool") + 8 * index));
  }

  String symbol(long symbol) throws Unreadable {
    int length = (int) vm.u16(vm.at(symbol, "Symbol._length"));
    byte[] text = vm.bytes(vm.at(symbol, "Symbol._body"), Math.min(length, vm.limits().textLength()));
    return new String(text, StandardCharsets.UTF_8);
  }
}

/** The packed field table of a class since JDK 21: unsigned numbers of one to five bytes, none of which is zero. */
final class FieldStream {
  private static final int EXCLUDED = 1;
  private static final int LOW_CODES = 191;
  private static final int HIGH_BITS = 6;
  private static final int MOST_BYTES = 5;
  private static final int HAS_INITIAL_VALUE = 1;
  private static final int HAS_GENERIC_SIGNATURE = 1 << 2;
  private static final int IS_CONTENDED = 1 << 4;
  private static final int VALUE_CLASS_FLAGS = 3;

  private final byte[] bytes;
  private final int firstFlag;
  private int at;

  /** @param withValueClasses whether three flags of value classes come before the others, as in JDK 28 */
  FieldStream(byte[] bytes, boolean withValueClasses) {
    this.bytes = bytes;
    this.firstFlag = withValueClasses ? VALUE_CLASS_FLAGS : 0;
  }

  record Field(long nameIndex, int offset) {}

  /** The Java fields; those that the JVM injected are left out, and what is cut off too. */
  List<Field> fields() {
    at = 0;
    List<Field> fields = new ArrayList<>();
    long count = next();
    next();
    for (long i = 0; i < count && at < bytes.length; i++) {
      long name = next();
      next();
      int offset = (int) next();
      next();
      long flags = next() >>> firstFlag;
      skipIf((flags & HAS_INITIAL_VALUE) != 0);
      skipIf((flags & HAS_GENERIC_SIGNATURE) != 0);
      skipIf((flags & IS_CONTENDED) != 0);
      fields.add(new Field(name, offset));
    }
    return fields;
  }

  private void skipIf(boolean present) {
    if (present) {
      next();
    }
  }

  private long next() {
    long value = 0;
    for (int i = 0; i < MOST_BYTES && at < bytes.length; i++) {
      int code = (bytes[at++] & 0xff) - EXCLUDED;
      value += (long) code << (HIGH_BITS * i);
      if (code < LOW_CODES) {
        break;
      }
    }
    return value & 0xffff_ffffL;
  }
}
