package io.tare.heap.answers;

import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.index.HeapClass.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What tells an object from others of its class: a string's text, a thread's name, an array's length. */
public final class Labels {
  private static final int LONGEST = 60;

  private final ObjectReader reader;

  public Labels(ObjectReader reader) {
    this.reader = reader;
  }

  /** Reads what the labels of these objects need in a few walks. */
  public void prefetch(Collection<Long> ids) {
    reader.prefetch(ids);
    List<Long> names = new ArrayList<>();
    ids.forEach(id -> nameId(id).ifPresent(names::add));
    reader.prefetch(names);
    List<Long> texts = new ArrayList<>(names);
    texts.addAll(ids);
    reader.prefetch(texts.stream().map(id -> reader.value(id, "value").orElse(0)).toList());
  }

  /** Of a thread, a class loader. */
  private OptionalLong nameId(long id) {
    if (reader.find(id).orElse(null) instanceof ObjectRecord.Instance instance) {
      Kind kind = instance.heapClass().kind();
      if (kind == Kind.THREAD || kind == Kind.LOADER) {
        return reader.value(id, "name");
      }
    }
    return OptionalLong.empty();
  }

  public String of(long id) {
    return switch (reader.find(id).orElse(null)) {
      case ObjectRecord.Mirror mirror -> mirror.described().name();
      case ObjectRecord.Array array -> "length " + array.count();
      case ObjectRecord.Instance instance when instance.heapClass().name().equals("java.lang.String") -> quoted(
          reader.text(id));
      case ObjectRecord.Instance instance -> nameId(id).isPresent() ? quoted(reader.text(nameId(id).orElse(0))) : "";
      case null -> "";
    };
  }

  private static String quoted(Optional<String> text) {
    return text.map(known -> '"' + (known.length() > LONGEST ? known.substring(0, LONGEST) + "…" : known) + '"')
        .orElse("");
  }
}
