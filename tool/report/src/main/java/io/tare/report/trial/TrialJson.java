package io.tare.report.trial;

import io.tare.model.trial.Growth;
import io.tare.model.trial.TrialReport;
import io.tare.model.trial.TrialReport.Row;
import io.tare.report.look.JsonWriter;
import java.util.List;

/** {@code tare.trial/1} and {@code tare.growth/1}. */
public final class TrialJson {
  private TrialJson() {}

  public static String render(TrialReport report) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.trial/1")
        .strings("command", report.command())
        .field("rounds", report.rounds()).field("goal", report.goal().id());
    report.best().ifPresent(best -> json.field("best", report.rows().get(best).settings()));
    json.strings("asGood", report.asGood().stream().map(i -> report.rows().get(i).settings()).toList());
    json.beginArray("variants");
    report.rows().forEach(row -> row(json, row));
    return json.endArray().strings("notes", report.notes()).endObject().finish();
  }

  private static void row(JsonWriter json, Row row) {
    json.beginObject().field("settings", row.settings()).field("runs", row.runs()).field("onFront", row.isOnFront());
    json.beginArray("figures");
    row.figures().forEach((measure, figure) -> {
      json.beginObject().field("measure", measure.id()).field("unit", JsonWriter.word(measure.unit()))
          .decimal("median", figure.median()).decimal("lowest", figure.lowest()).decimal("highest", figure.highest())
          .field("runs", figure.runs());
      figure.against().ifPresent(standing -> {
        json.beginObject("against").decimal("ratio", standing.ratio());
        if (!Double.isNaN(standing.error())) {
          json.decimal("error", standing.error());
        }
        json.field("verdict", JsonWriter.word(standing.verdict())).endObject();
      });
      json.endObject();
    });
    json.endArray().strings("failures", row.failures()).endObject();
  }

  public static String render(List<String> command, List<Growth> growths, List<String> notes) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.growth/1").strings("command", command)
        .beginArray("figures");
    growths.forEach(growth -> growth(json, growth));
    return json.endArray().strings("notes", notes).endObject().finish();
  }

  private static void growth(JsonWriter json, Growth growth) {
    json.beginObject().field("name", growth.name()).field("unit", JsonWriter.word(growth.unit()))
        .field("shape", JsonWriter.word(growth.shape())).decimal("fixed", growth.fixed()).field("each", growth.each())
        .decimal("error", growth.error());
    growth.exponent().ifPresent(exponent -> json.decimal("exponent", exponent));
    growth.linearUpTo().ifPresent(items -> json.decimal("linearUpTo", items));
    json.beginArray("observed");
    growth.observed().forEach(one -> json.beginObject().decimal("items", one.items()).decimal("value", one.value())
        .field("runs", one.runs()).endObject());
    json.endArray().beginArray("projections");
    growth.projections().forEach(one -> json.beginObject().decimal("items", one.items()).decimal("value", one.value())
        .decimal("least", one.least()).decimal("most", one.most()).endObject());
    json.endArray();
    growth.capacity().ifPresent(one -> json.beginObject("capacity").decimal("limit", one.limit())
        .decimal("items", one.items()).decimal("least", one.least()).decimal("most", one.most()).endObject());
    json.endObject();
  }
}
