package io.tare.report.json;

import io.tare.model.heap.HeapValue;
import io.tare.model.heap.ObjectLine;
import io.tare.model.heap.PathStep;
import io.tare.report.words.HeapWords;
import java.util.List;

/** Values and objects of a heap in JSON. */
final class HeapValues {
  private HeapValues() {}

  /** A member with the value; a reference is an object with its address. */
  static void field(JsonWriter json, String name, HeapValue value) {
    switch (value) {
      case HeapValue.Nothing _ -> json.nothing(name);
      case HeapValue.Whole whole -> json.field(name, whole.number());
      case HeapValue.Decimal decimal -> json.field(name, decimal.number());
      case HeapValue.Flag flag -> json.field(name, flag.value());
      case HeapValue.Text text -> json.field(name, text.text());
      case HeapValue.Reference reference -> json.beginObject(name)
          .field("address", HeapWords.address(reference.address())).fieldIfSaid("class", reference.className())
          .fieldIfSaid("label", reference.label()).endObject();
    }
  }

  static void object(JsonWriter json, ObjectLine line) {
    json.field("address", HeapWords.address(line.address())).field("class", line.className())
        .fieldIfSaid("label", line.label()).field("shallowBytes", line.shallowBytes())
        .field("retainedBytes", line.retainedBytes());
  }

  static void objects(JsonWriter json, String name, List<ObjectLine> lines) {
    json.beginArray(name);
    for (ObjectLine line : lines) {
      json.beginObject();
      object(json, line);
      json.endObject();
    }
    json.endArray();
  }

  static void path(JsonWriter json, List<PathStep> path) {
    json.beginArray("path");
    path.forEach(step -> json.beginObject().fieldIfSaid("reference", step.reference())
        .field("address", HeapWords.address(step.address())).field("class", step.className())
        .fieldIfSaid("label", step.label()).endObject());
    json.endArray();
  }
}
