package io.tare.report.json;

import io.tare.model.history.Settling;

/** {@code tare.settling/1}. */
public final class SettlingJson {
  private SettlingJson() {}

  public static String render(Settling settling) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.settling/1")
        .field("loadEnded", settling.loadEnded().toString()).field("how", settling.how()).beginArray("accounts");
    for (Settling.Line line : settling.lines()) {
      json.beginObject().field("id", line.id()).field("atEndOfLoad", Math.round(line.atEndOfLoad()))
          .field("last", Math.round(line.last())).field("returned", Math.round(line.returned()));
      line.halfLife().ifPresent(time -> json.field("halfLifeMillis", time.toMillis()));
      json.field("basis", LeakJson.word(line.basis()));
      line.steady().ifPresent(rate -> LeakJson.rate(json, "steady", rate));
      json.endObject();
    }
    return json.endArray().endObject().finish();
  }
}
