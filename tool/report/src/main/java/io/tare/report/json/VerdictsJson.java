package io.tare.report.json;

import io.tare.model.report.Remedy;
import io.tare.model.report.Report;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.Locale;

/** Verdicts and remedies. */
final class VerdictsJson {
  private VerdictsJson() {}

  static void write(JsonWriter json, Report report) {
    json.beginArray("verdicts");
    report.verdicts().forEach(verdict -> verdict(json, verdict));
    json.endArray();
    remedies(json, report.remedies());
  }

  private static void verdict(JsonWriter json, Verdict verdict) {
    json.beginObject().field("rule", verdict.rule());
    switch (verdict) {
      case Verdict.Yes yes -> json.field("answer", "yes").field("confidence",
          yes.strength().name().toLowerCase(Locale.ROOT));
      case Verdict.No no -> json.field("answer", "no");
      case Verdict.CannotTell open -> json.field("answer", "cannot-tell");
    }
    json.field("summary", verdict.summary());
    if (verdict instanceof Verdict.CannotTell open) {
      json.field("missing", open.missing());
    }
    LedgerJson.readings(json, "readings", verdict.readings());
    json.endObject();
  }

  private static void remedies(JsonWriter json, List<Remedy> remedies) {
    json.beginArray("remedies");
    remedies.forEach(remedy -> json.beginObject().field("action", remedy.action()).fieldIfSaid("how", remedy.how())
        .field("expectedBytes", remedy.expectedBytes()).field("price", remedy.price()).endObject());
    json.endArray();
  }
}
