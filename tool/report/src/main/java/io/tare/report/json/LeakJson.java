package io.tare.report.json;

import io.tare.model.history.LeakVerdict;
import io.tare.model.history.Rate;
import io.tare.model.history.Rounds;
import io.tare.model.history.SeriesVerdict;
import java.util.Locale;

/** {@code tare.leak/1}. Levels and rates are in the unit that each line names; what is unknown is absent. */
public final class LeakJson {
  private LeakJson() {}

  public static String render(LeakVerdict verdict) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.leak/1");
    fields(json, verdict);
    return json.endObject().finish();
  }

  static void fields(JsonWriter json, LeakVerdict verdict) {
    json.field("target", verdict.target()).field("from", verdict.from().toString()).field("to",
        verdict.to().toString());
    json.field("answer", word(verdict.answer())).field("summary", verdict.summary()).beginArray("leaking");
    verdict.leaking().forEach(json::value);
    json.endArray();
    verdict.toLimit().ifPresent(time -> json.field("secondsToLimit", time.toSeconds()));
    verdict.needs().ifPresent(time -> json.field("needsSeconds", time.toSeconds()));
    json.beginArray("courses");
    verdict.courses().forEach(course -> course(json, course));
    json.endArray();
    verdict.rounds().ifPresent(rounds -> rounds(json, rounds));
    json.beginArray("notes");
    verdict.notes().forEach(json::value);
    json.endArray();
  }

  private static void course(JsonWriter json, SeriesVerdict course) {
    json.beginObject().field("id", course.id()).field("unit", word(course.unit()))
        .field("charge", word(course.charge())).field("direction", word(course.direction()))
        .field("leak", course.isLeak()).field("first", Math.round(course.first()))
        .field("last", Math.round(course.last())).field("judgedFrom", course.from().toString());
    course.perHour().ifPresent(rate -> rate(json, "perHour", rate));
    course.needs().ifPresent(time -> json.field("needsSeconds", time.toSeconds()));
    json.field("words", course.words()).endObject();
  }

  static void rate(JsonWriter json, String name, Rate rate) {
    json.beginObject(name).decimal("estimate", rate.estimate()).decimal("low", rate.low())
        .decimal("high", rate.high()).endObject();
  }

  private static void rounds(JsonWriter json, Rounds rounds) {
    json.beginObject("rounds").field("label", rounds.label()).field("count", rounds.count()).beginArray("remainders");
    for (Rounds.Remainder rest : rounds.remainders()) {
      json.beginObject().field("id", rest.id()).field("unit", word(rest.unit()))
          .field("direction", word(rest.direction()));
      rate(json, "perRound", rest.perRound());
      rest.perItem().ifPresent(each -> json.decimal("perItem", each));
      json.endObject();
    }
    json.endArray().endObject();
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
