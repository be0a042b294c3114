package io.tare.capture.memory.hotspot;

import java.util.Map;
import java.util.Optional;

/**
 * What the tables say: fields by {@code Type._field}, types by name, constants by name.
 */
record StructTables(Map<String, Field> fields, Map<String, Type> types, Map<String, Long> constants) {
  StructTables {
    fields = Map.copyOf(fields);
    types = Map.copyOf(types);
    constants = Map.copyOf(constants);
  }

  /** One field and its C++ type; a static one has an address, another an offset in its object. */
  record Field(String type, boolean isStatic, long offset, long address) {}

  /** One type with its super type, which may be empty. */
  record Type(String name, String superType, long bytes) {}

  /** The first of the names that the tables have: a field moved or was renamed from one JDK to another. */
  Optional<Field> field(String... names) {
    for (String name : names) {
      Field field = fields.get(name);
      if (field != null) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
