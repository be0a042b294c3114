package io.tare.report.heap;

import io.tare.model.heap.HeapCollections;
import io.tare.model.heap.HeapCollections.CollectionLine;
import io.tare.model.heap.HeapCollections.CollectionParts;
import io.tare.report.look.JsonWriter;
import java.util.List;
import java.util.Locale;

/** What collections cost: {@code tare.heap-collections/1}, and its rows as CSV. */
final class CollectionsJson {
  private static final List<String> COLUMNS = List.of("class", "collections", "nested", "empty", "ofOne", "elements",
      "placesUsed", "placesThere", "fillRatio", "collided", "collisionRatio", "keysElsewhere", "valuesElsewhere",
      "unread", "retainedBytes", "wrapperBytes", "tableBytes", "keyBytes", "valueBytes", "sharedBytes");

  private CollectionsJson() {}

  static String render(HeapCollections collections) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.heap-collections/1")
        .fieldIfSaid("asked", collections.asked()).field("shallowBytes", collections.shallowBytes())
        .beginArray("classes");
    for (CollectionLine line : collections.lines()) {
      json.beginObject().field("class", line.className()).field("collections", line.collections())
          .field("nested", line.nested()).field("empty", line.empty()).field("ofOne", line.ofOne());
      members(json, line);
      json.endObject();
    }
    return json.endArray().problems(collections.problems()).endObject().finish();
  }

  /** What is told of one collection, too. */
  static void members(JsonWriter json, CollectionLine line) {
    CollectionParts parts = line.parts();
    json.field("elements", line.elements()).field("placesUsed", line.places().used())
        .field("placesThere", line.places().there());
    if (line.places().there() > 0) {
      json.field("fillRatio", (double) line.places().used() / line.places().there());
    }
    json.field("collided", line.places().collided());
    if (collisionRatio(line) >= 0) {
      json.field("collisionRatio", collisionRatio(line));
    }
    json.field("keysElsewhere", line.elsewhere().keys()).field("valuesElsewhere", line.elsewhere().values())
        .field("unread", line.unread()).field("retainedBytes", line.retainedBytes())
        .field("wrapperBytes", parts.wrapperBytes()).field("tableBytes", parts.tableBytes())
        .field("keyBytes", parts.keyBytes()).field("valueBytes", parts.valueBytes())
        .field("sharedBytes", parts.sharedBytes());
  }

  /** -1 if it has none. */
  private static double collisionRatio(CollectionLine line) {
    long collided = line.places().collided().orElse(0);
    long all = collided + line.places().used();
    return line.places().collided().isEmpty() || all == 0 ? -1 : (double) collided / all;
  }

  static List<String> columns() {
    return COLUMNS;
  }

  /** The cells behind the class. */
  static List<String> cells(CollectionLine line) {
    CollectionParts parts = line.parts();
    String collided = line.places().collided().isPresent()
        ? Long.toString(line.places().collided().getAsLong())
        : "";
    String fill = line.places().there() == 0 ? "" : ratio((double) line.places().used() / line.places().there());
    return List.of(Long.toString(line.collections()), Long.toString(line.nested()), Long.toString(line.empty()),
        Long.toString(line.ofOne()), Long.toString(line.elements()), Long.toString(line.places().used()),
        Long.toString(line.places().there()), fill, collided,
        collisionRatio(line) < 0 ? "" : ratio(collisionRatio(line)), Long.toString(line.elsewhere().keys()),
        Long.toString(line.elsewhere().values()), Long.toString(line.unread()), Long.toString(line.retainedBytes()),
        Long.toString(parts.wrapperBytes()), Long.toString(parts.tableBytes()), Long.toString(parts.keyBytes()),
        Long.toString(parts.valueBytes()), Long.toString(parts.sharedBytes()));
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.4f", ratio);
  }
}
