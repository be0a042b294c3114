package io.tare.report.json;

import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.PathNode;
import java.util.List;

/** {@code tare.heap-class/1}. */
public final class HeapClassJson {
  private HeapClassJson() {}

  /** Everything about the objects of the class. */
  public static String render(HeapClassAnswer answer) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.heap-class/1").field("asked", answer.asked())
        .field("objects", answer.reached().objects()).field("shallowBytes", answer.reached().shallowBytes())
        .field("retainedBytes", answer.retainedBytes()).beginObject("unreachable")
        .field("objects", answer.unreachable().objects()).field("shallowBytes", answer.unreachable().shallowBytes())
        .endObject().beginArray("classes");
    answer.classes().forEach(line -> json.beginObject().field("class", line.name()).field("objects", line.objects())
        .field("shallowBytes", line.shallowBytes()).field("retainedBytes", line.retainedBytes()).endObject());
    json.endArray();
    HeapValues.objects(json, "classObjects", answer.classObjects());
    HeapValues.objects(json, "biggest", answer.biggest());
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
}
