package io.tare.report.heap;

import io.tare.model.heap.DumpFacts;
import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HeapDiff.Growth;
import io.tare.model.heap.HeapDiff.SuspectGrowth;
import io.tare.model.heap.HeapDiff.SuspectGrowth.Pile;
import io.tare.report.look.JsonWriter;
import java.util.function.ToLongFunction;

/** {@code tare.heap-diff/1}. Every number that can grow is an object of {@code before} and {@code after}. */
final class HeapDiffJson {
  private HeapDiffJson() {}

  /** The whole comparison. */
  static String render(HeapDiff diff) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.heap-diff/1");
    dump(json, "before", diff.before());
    dump(json, "after", diff.after());
    growth(json, "objects", diff.objects());
    growth(json, "shallowBytes", diff.shallowBytes());
    holders(json, diff);
    json.beginArray("suspects");
    diff.suspects().forEach(suspect -> {
      json.beginObject().field("holder", suspect.holder()).field("piledUpClass", suspect.piledUpClass());
      both(json, "piledUpObjects", suspect, Pile::objects);
      both(json, "retainedBytes", suspect, Pile::retainedBytes);
      json.endObject();
    });
    json.endArray().beginArray("classes");
    diff.classes().forEach(line -> {
      json.beginObject().field("class", line.name());
      growth(json, "objects", line.objects());
      growth(json, "shallowBytes", line.shallowBytes());
      line.retainedBytes().ifPresent(bytes -> growth(json, "retainedBytes", bytes));
      json.endObject();
    });
    return json.endArray().strings("notes", diff.notes()).endObject().finish();
  }

  /** A dump in which the place is no suspect says nothing of it: its number is left out. */
  private static void both(JsonWriter json, String name, SuspectGrowth suspect, ToLongFunction<Pile> number) {
    json.beginObject(name);
    suspect.before().ifPresent(pile -> json.field("before", number.applyAsLong(pile)));
    suspect.after().ifPresent(pile -> json.field("after", number.applyAsLong(pile)));
    json.endObject();
  }

  private static void holders(JsonWriter json, HeapDiff diff) {
    json.beginArray("holders");
    diff.holders().forEach(holder -> {
      json.beginObject().fieldIfSaid("heldBy", holder.heldBy()).strings("way", holder.way()).field("piledUpClass",
          holder.piledUpClass());
      growth(json, "objects", holder.objects());
      growth(json, "retainedBytes", holder.retainedBytes());
      json.endObject();
    });
    json.endArray();
  }

  private static void dump(JsonWriter json, String name, DumpFacts dump) {
    json.beginObject(name).field("takenAt", dump.takenAt().toString()).field("fileBytes", dump.fileBytes())
        .field("truncated", dump.truncated()).endObject();
  }

  private static void growth(JsonWriter json, String name, Growth growth) {
    json.beginObject(name).field("before", growth.before()).field("after", growth.after()).endObject();
  }
}
