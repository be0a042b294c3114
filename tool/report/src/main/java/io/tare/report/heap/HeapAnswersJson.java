package io.tare.report.heap;

import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HeapField;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.HeldObjects;
import io.tare.model.heap.ObjectLine;
import io.tare.model.heap.PathNode;
import io.tare.model.heap.PathStep;
import io.tare.model.heap.Referrer;
import io.tare.model.heap.SelectAnswer;
import io.tare.report.look.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Single answers from a heap dump: {@code tare.heap-object/1}, {@code tare.heap-class/1}, {@code tare.heap-select/1} and
 * {@code tare.heap-histogram/1}.
 */
final class HeapAnswersJson {
  private HeapAnswersJson() {}

  /** Everything about the object. */
  static String render(HeapObject object) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.heap-object/1");
    object(json, object.object());
    json.field("reachable", object.reachable()).beginArray("fields");
    object.fields().forEach(field -> field(json, field));
    json.endArray().field("fieldsLeftOut", object.fieldsLeftOut()).beginArray("referrers");
    object.referrers().forEach(referrer -> referrer(json, referrer));
    json.endArray().field("referrersLeftOut", object.referrersLeftOut());
    path(json, object.path());
    objects(json, "dominators", object.dominators());
    json.beginArray("holds");
    object.holds().forEach(node -> node(json, node));
    json.endArray();
    object.collection().ifPresent(line -> {
      json.beginObject("collection");
      CollectionsJson.members(json, line);
      json.endObject();
    });
    return json.endObject().finish();
  }

  private static void field(JsonWriter json, HeapField field) {
    json.beginObject().field("name", field.name()).fieldIfSaid("declaredIn", field.declaredIn())
        .field("type", field.type());
    value(json, "value", field.value());
    json.endObject();
  }

  private static void referrer(JsonWriter json, Referrer referrer) {
    json.beginObject();
    if (referrer.address() != 0) {
      json.field("address", HeapWords.address(referrer.address())).field("class", referrer.className())
          .fieldIfSaid("label", referrer.label());
    }
    json.fieldIfSaid("reference", referrer.reference()).field("reachable", referrer.reachable()).endObject();
  }

  private static void node(JsonWriter json, DominatorNode node) {
    json.beginObject();
    if (node.address() != 0) {
      json.field("address", HeapWords.address(node.address()));
    }
    json.field("class", node.className()).fieldIfSaid("label", node.label()).field("objects", node.objects())
        .field("shallowBytes", node.shallowBytes()).field("retainedBytes", node.retainedBytes()).endObject();
  }

  /** Everything about the objects of the class. */
  static String render(HeapClassAnswer answer) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.heap-class/1").field("asked", answer.asked())
        .field("objects", answer.reached().objects()).field("shallowBytes", answer.reached().shallowBytes())
        .field("retainedBytes", answer.retainedBytes()).beginObject("unreachable")
        .field("objects", answer.unreachable().objects()).field("shallowBytes", answer.unreachable().shallowBytes())
        .endObject().beginArray("classes");
    answer.classes().forEach(line -> json.beginObject().field("class", line.name()).field("objects", line.objects())
        .field("shallowBytes", line.shallowBytes()).field("retainedBytes", line.retainedBytes()).endObject());
    json.endArray();
    objects(json, "classObjects", answer.classObjects());
    objects(json, "biggest", answer.biggest());
    nodes(json, "paths", answer.paths());
    return json.field("pathsLeftOut", answer.pathsLeftOut()).endObject().finish();
  }

  private static void nodes(JsonWriter json, String name, List<PathNode> nodes) {
    json.beginArray(name);
    for (PathNode node : nodes) {
      json.beginObject().fieldIfSaid("reference", node.reference()).field("class", node.className())
          .fieldIfSaid("label", node.label()).field("objects", node.objects());
      if (!node.children().isEmpty()) {
        nodes(json, "children", node.children());
      }
      if (node.childrenLeftOut() > 0) {
        json.field("childrenLeftOut", node.childrenLeftOut());
      }
      json.endObject();
    }
    json.endArray();
  }

  /** The rows that are listed, and how many there are. */
  static String render(SelectAnswer answer) {
    List<String> names = distinct(answer.columns());
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.heap-select/1")
        .field("query", answer.query()).strings("columns", names).field("found", answer.found())
        .field("rowsLeftOut", answer.rowsLeftOut()).beginArray("rows");
    for (List<HeapValue> row : answer.rows()) {
      json.beginObject();
      for (int column = 0; column < row.size(); column++) {
        value(json, names.get(column), row.get(column));
      }
      json.endObject();
    }
    return json.endArray().strings("notes", answer.notes()).endObject().finish();
  }

  /** Members of one object have different names. */
  private static List<String> distinct(List<String> columns) {
    List<String> names = new ArrayList<>();
    for (String column : columns) {
      String name = column;
      for (int number = 2; names.contains(name); number++) {
        name = column + " (" + number + ")";
      }
      names.add(name);
    }
    return names;
  }

  /** Some of what an object holds, and how many objects that are. */
  static String render(HeldObjects held) {
    JsonWriter json = new JsonWriter().beginObject().field("all", held.all());
    objects(json, "objects", held.objects());
    return json.endObject().finish();
  }

  /** Every class, the heaviest first. */
  static String render(HeapHistogram histogram) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.heap-histogram/1")
        .field("objects", histogram.objects()).field("shallowBytes", histogram.shallowBytes()).beginArray("histogram");
    histogram.lines().forEach(line -> json.beginObject().field("class", line.name()).field("objects", line.objects())
        .field("shallowBytes", line.shallowBytes()).endObject());
    return json.endArray().problems(histogram.problems()).endObject().finish();
  }

  /** A member with the value; a reference is an object with its address. */
  private static void value(JsonWriter json, String name, HeapValue value) {
    switch (value) {
      case HeapValue.Nothing _ -> json.nothing(name);
      case HeapValue.Whole whole -> json.field(name, whole.number());
      case HeapValue.Decimal decimal -> json.field(name, decimal.number());
      case HeapValue.Flag flag -> json.field(name, flag.value());
      case HeapValue.Text text -> json.field(name, text.text());
      case HeapValue.Reference reference -> json.beginObject(name)
          .field("address", HeapWords.address(reference.address())).fieldIfSaid("class", reference.className())
          .fieldIfSaid("label", reference.label()).endObject();
      case HeapValue.Many many -> {
        json.beginObject(name).field("count", many.count()).beginArray("values");
        many.values().forEach(one -> {
          json.beginObject();
          value(json, "value", one);
          json.endObject();
        });
        json.endArray().endObject();
      }
    }
  }

  private static void object(JsonWriter json, ObjectLine line) {
    json.field("address", HeapWords.address(line.address())).field("class", line.className())
        .fieldIfSaid("label", line.label()).field("shallowBytes", line.shallowBytes())
        .field("retainedBytes", line.retainedBytes());
  }

  private static void objects(JsonWriter json, String name, List<ObjectLine> lines) {
    json.beginArray(name);
    for (ObjectLine line : lines) {
      json.beginObject();
      object(json, line);
      json.endObject();
    }
    json.endArray();
  }

  private static void path(JsonWriter json, List<PathStep> path) {
    json.beginArray("path");
    path.forEach(step -> json.beginObject().fieldIfSaid("reference", step.reference())
        .field("address", HeapWords.address(step.address())).field("class", step.className())
        .fieldIfSaid("label", step.label()).endObject());
    json.endArray();
  }
}
