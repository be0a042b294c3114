package io.tare.report.verdict;

import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Rounds;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Rate;
import io.tare.report.look.JsonWriter;

/** {@code tare.leak/1}. Levels and rates are in the unit that each line names; what is unknown is absent. */
public final class LeakJson {
  private LeakJson() {}

  public static String render(LeakVerdict verdict) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.leak/1");
    fields(json, verdict);
    return json.endObject().finish();
  }

  /** The members of a verdict, for an object that is open. */
  public static void fields(JsonWriter json, LeakVerdict verdict) {
    json.field("target", verdict.target()).field("from", verdict.from().toString()).field("to",
        verdict.to().toString());
    json.field("answer", JsonWriter.word(verdict.answer())).field("summary", verdict.summary()).strings("leaking",
        verdict.leaking());
    verdict.next().ifPresent(command -> json.field("next", command));
    verdict.toLimit().ifPresent(time -> json.field("secondsToLimit", time.toSeconds()));
    verdict.needs().ifPresent(time -> json.field("needsSeconds", time.toSeconds()));
    json.beginArray("courses");
    verdict.courses().forEach(course -> course(json, course, verdict));
    json.endArray();
    verdict.rounds().ifPresent(rounds -> rounds(json, rounds));
    if (!verdict.growers().isEmpty()) {
      json.beginArray("growers");
      verdict.growers().forEach(grower -> json.beginObject().field("kind", grower.kind().word())
          .field("name", grower.name()).field("firstBytes", grower.firstBytes()).field("lastBytes", grower.lastBytes())
          .field("firstObjects", grower.firstObjects()).field("lastObjects", grower.lastObjects())
          .field("counts", grower.counts()).endObject());
      json.endArray();
    }
    json.strings("notes", verdict.notes());
  }

  private static void course(JsonWriter json, SeriesVerdict course, LeakVerdict verdict) {
    json.beginObject().field("id", course.id()).field("unit", JsonWriter.word(course.unit()))
        .field("charge", JsonWriter.word(course.charge())).field("direction", JsonWriter.word(course.direction()))
        .field("leak", course.isLeak()).field("first", Math.round(course.first()))
        .field("last", Math.round(course.last())).field("judgedFrom", course.from().toString());
    course.perHour().ifPresent(rate -> rate(json, "perHour", rate));
    course.needs().ifPresent(time -> json.field("needsSeconds", time.toSeconds()));
    verdict.courses().stream().filter(leak -> verdict.broughtBy(leak).contains(course)).findFirst()
        .ifPresent(leak -> json.field("comesWith", leak.id()));
    json.field("words", course.words()).endObject();
  }

  static void rate(JsonWriter json, String name, Rate rate) {
    json.beginObject(name).decimal("estimate", rate.estimate()).decimal("low", rate.low())
        .decimal("high", rate.high()).endObject();
  }

  private static void rounds(JsonWriter json, Rounds rounds) {
    json.beginObject("rounds").field("label", rounds.label()).field("count", rounds.count()).beginArray("remainders");
    for (Rounds.Remainder rest : rounds.remainders()) {
      json.beginObject().field("id", rest.id()).field("unit", JsonWriter.word(rest.unit()))
          .field("direction", JsonWriter.word(rest.direction()));
      rate(json, "perRound", rest.perRound());
      rest.perItem().ifPresent(each -> json.decimal("perItem", each));
      json.endObject();
    }
    json.endArray().endObject();
  }
}
