package io.tare.report.json;

import io.tare.model.history.BudgetCheck;

/** {@code tare.check/1}. */
public final class CheckJson {
  private CheckJson() {}

  public static String render(BudgetCheck check) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.check/1").field("target", check.target())
        .beginArray("lines");
    check.lines().forEach(line -> json.beginObject().field("rule", line.rule())
        .field("outcome", LeakJson.word(line.outcome())).field("words", line.words()).endObject());
    return json.endArray().endObject().finish();
  }
}
