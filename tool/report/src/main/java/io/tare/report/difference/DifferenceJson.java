package io.tare.report.difference;

import io.tare.model.history.Difference;
import io.tare.model.history.Difference.PhaseDifference;
import io.tare.model.history.Snapshot;
import io.tare.report.look.JsonWriter;
import java.util.List;

/** {@code tare.diff/1}. */
public final class DifferenceJson {
  private DifferenceJson() {}

  public static String render(Difference difference) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.diff/1");
    side(json, "before", difference.before());
    side(json, "after", difference.after());
    json.field("summary", difference.summary());
    lines(json, "scales", difference.scales());
    lines(json, "accounts", difference.accounts());
    json.beginArray("phases");
    difference.phases().forEach(phase -> phase(json, phase));
    return json.endArray().strings("notes", difference.notes()).endObject().finish();
  }

  private static void side(JsonWriter json, String name, Snapshot weighing) {
    json.beginObject(name).field("label", weighing.label()).field("target", weighing.target()).field("at",
        weighing.at().toString());
    weighing.itemsPerSecond().ifPresent(rate -> json.decimal("itemsPerSecond", rate));
    weighing.gcShare().ifPresent(share -> json.decimal("gcShare", share));
    json.endObject();
  }

  private static void phase(JsonWriter json, PhaseDifference phase) {
    json.beginObject().field("fromLabel", phase.fromLabel()).field("toLabel", phase.toLabel())
        .field("beforeBytes", phase.beforeBytes()).field("afterBytes", phase.afterBytes())
        .field("beforeMillis", phase.beforeMillis()).field("afterMillis", phase.afterMillis()).beginArray("accounts");
    phase.accounts().forEach(line -> json.beginObject().field("id", line.id()).field("beforeBytes", line.beforeBytes())
        .field("afterBytes", line.afterBytes()).endObject());
    json.endArray().endObject();
  }

  private static void lines(JsonWriter json, String name, List<Difference.Line> lines) {
    json.beginArray(name);
    for (Difference.Line line : lines) {
      json.beginObject().field("id", line.id()).field("unit", JsonWriter.word(line.unit()));
      line.before().ifPresent(value -> json.field("before", Math.round(value)));
      line.after().ifPresent(value -> json.field("after", Math.round(value)));
      line.change().ifPresent(value -> json.field("change", Math.round(value)));
      json.field("noise", Math.round(line.noise()))
          .field("moved", line.moved()).endObject();
    }
    json.endArray();
  }
}
