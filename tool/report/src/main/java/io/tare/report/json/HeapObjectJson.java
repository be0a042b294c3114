package io.tare.report.json;

import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.HeapField;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.Referrer;
import io.tare.report.words.HeapWords;

/** {@code tare.heap-object/1}. */
public final class HeapObjectJson {
  private HeapObjectJson() {}

  /** Everything about the object. */
  public static String render(HeapObject object) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.heap-object/1");
    HeapValues.object(json, object.object());
    json.field("reachable", object.reachable()).beginArray("fields");
    object.fields().forEach(field -> field(json, field));
    json.endArray().field("fieldsLeftOut", object.fieldsLeftOut()).beginArray("referrers");
    object.referrers().forEach(referrer -> referrer(json, referrer));
    json.endArray().field("referrersLeftOut", object.referrersLeftOut());
    HeapValues.path(json, object.path());
    HeapValues.objects(json, "dominators", object.dominators());
    json.beginArray("holds");
    object.holds().forEach(node -> node(json, node));
    return json.endArray().endObject().finish();
  }

  private static void field(JsonWriter json, HeapField field) {
    json.beginObject().field("name", field.name()).fieldIfSaid("declaredIn", field.declaredIn())
        .field("type", field.type());
    HeapValues.field(json, "value", field.value());
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
}
