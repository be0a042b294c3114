package io.tare.heap.query;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What every object has besides its fields: {@code s.@retainedHeapSize}. The names are those of Eclipse MAT, and our own. */
enum Attribute {
  ADDRESS("objectAddress address"), ID("objectId"), SHALLOW("usedHeapSize shallowBytes"), RETAINED(
      "retainedHeapSize retainedBytes"), CLASS("clazz class"), NAME("name"), LENGTH("length"), DISPLAY_NAME(
          "displayName label"), REACHABLE("reachable"), HELD_BY("heldBy");

  private final String names;

  Attribute(String names) {
    this.names = names;
  }

  private List<String> names() {
    return List.of(names.split(" "));
  }

  static Optional<Attribute> named(String name) {
    return Arrays.stream(values()).filter(attribute -> attribute.names().contains(name)).findFirst();
  }

  static List<String> allNames() {
    return Arrays.stream(values()).flatMap(attribute -> attribute.names().stream()).map(name -> "@" + name).toList();
  }
}
