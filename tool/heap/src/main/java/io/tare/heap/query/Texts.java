package io.tare.heap.query;

import io.tare.heap.answers.FieldValues;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.answers.ObjectRecord;
import java.util.Optional;

/** What {@code toString()} gives for the objects whose text a dump holds. */
final class Texts {
  static final int LONGEST = 1 << 20;

  private final ObjectReader reader;

  Texts(ObjectReader reader) {
    this.reader = reader;
  }

  /** Empty for objects without a text of their own. */
  Optional<String> of(long address) {
    return switch (reader.find(address).orElse(null)) {
      case ObjectRecord.Mirror mirror -> Optional.of(mirror.described().name());
      case ObjectRecord.Array _ -> reader.arrayText(address, LONGEST);
      case ObjectRecord.Instance instance -> ofInstance(instance);
      case null -> Optional.empty();
    };
  }

  private Optional<String> ofInstance(ObjectRecord.Instance instance) {
    String name = instance.heapClass().name();
    if (name.equals("java.lang.String")) {
      return reader.text(instance.id(), LONGEST);
    }
    if (FieldValues.isBox(name)) {
      return instance.heapClass().field("value")
          .flatMap(field -> reader.value(instance, field).stream().boxed().findFirst()
              .flatMap(raw -> FieldValues.plain(field.type(), raw)))
          .map(Shown::of);
    }
    return switch (instance.heapClass().kind()) {
      case THREAD -> reader.text(reader.value(instance.id(), "name").orElse(0), LONGEST);
      default -> Optional.empty();
    };
  }
}
