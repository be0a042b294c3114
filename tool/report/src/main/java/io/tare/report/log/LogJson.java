package io.tare.report.log;

import io.tare.model.history.LogSummary;
import io.tare.report.look.JsonWriter;
import io.tare.report.verdict.LeakJson;

/** {@code tare.log/1}. What the logs do not tell is absent. */
public final class LogJson {
  private LogJson() {}

  public static String render(LogSummary log) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.log/1").strings("sources", log.sources())
        .field("lines", log.lines()).field("unknownLines", log.unknownLines());
    log.labels().ifPresent(labels -> labels(json, labels));
    log.collections().ifPresent(collections -> collections(json, collections));
    log.categories().ifPresent(categories -> categories(json, categories));
    log.verdict().ifPresent(verdict -> {
      json.beginObject("verdict");
      LeakJson.fields(json, verdict);
      json.endObject();
    });
    json.problems(log.problems());
    return json.endObject().finish();
  }

  private static void labels(JsonWriter json, LogSummary.Labels labels) {
    json.beginObject("labels").field("readings", labels.readings()).field("collections", labels.runs())
        .beginArray("peaks");
    labels.peaks().forEach(peak -> json.beginObject().field("key", peak.key()).field("value", peak.value())
        .field("label", peak.label()).endObject());
    json.endArray().beginArray("phases");
    labels.phases().forEach(phase -> json.beginObject().field("label", phase.label()).field("count", phase.count())
        .field("growthBytes", phase.growthBytes()).field("allocatedBytes", phase.allocatedBytes()).endObject());
    json.endArray();
    labels.forced().ifPresent(forced -> json.beginObject("markedCollections").field("count", forced.count())
        .field("beforeBytes", forced.beforeBytes()).field("freedBytes", forced.freedBytes())
        .field("freedObjects", forced.freedObjects()).endObject());
    labels.batches().ifPresent(batches -> {
      json.beginObject("batches").field("told", batches.told()).field("highestNumber", batches.highestNumber());
      batches.entriesEach().ifPresent(each -> json.decimal("entriesEach", each));
      batches.bytesEach().ifPresent(each -> json.decimal("bytesEach", each));
      json.endObject();
    });
    json.endObject();
  }

  private static void collections(JsonWriter json, LogSummary.Collections gc) {
    json.beginObject("collections").fieldIfSaid("collector", gc.collector()).fieldIfSaid("version", gc.version())
        .decimal("seconds", gc.seconds()).field("runs", gc.runs()).field("wholeRuns", gc.wholeRuns())
        .field("freedBytes", gc.freedBytes()).field("allocatedBytes", gc.allocatedBytes())
        .field("peakUsedBytes", gc.peakUsedBytes()).field("peakCommittedBytes", gc.peakCommittedBytes())
        .field("lowestFloorBytes", gc.lowestFloorBytes()).field("lastFloorBytes", gc.lastFloorBytes());
    gc.cpuSeconds().ifPresent(seconds -> json.decimal("cpuSeconds", seconds));
    LogSummary.Pauses pauses = gc.pauses();
    json.beginObject("pauseMillis").field("count", pauses.count()).decimal("total", pauses.totalMillis())
        .decimal("median", pauses.median()).decimal("p90", pauses.p90()).decimal("p99", pauses.p99())
        .decimal("longest", pauses.longest()).endObject().beginArray("causes");
    gc.causes().forEach(cause -> json.beginObject().field("what", cause.what()).fieldIfSaid("cause", cause.cause())
        .field("count", cause.count()).field("freedBytes", cause.freedBytes())
        .decimal("pauseMillis", cause.pauseMillis()).endObject());
    json.endArray().endObject();
  }

  private static void categories(JsonWriter json, LogSummary.Categories categories) {
    json.beginObject("nativeMemory").field("reports", categories.reports()).beginArray("categories");
    categories.categories().forEach(category -> json.beginObject().field("name", category.name())
        .field("committedBytes", category.committedBytes()).field("changeBytes", category.changeBytes()).endObject());
    json.endArray().endObject();
  }
}
