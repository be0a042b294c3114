package io.tare.report.profile;

import io.tare.model.profile.AllocationReport;
import io.tare.model.profile.AllocationReport.Listing;
import io.tare.model.profile.GoroutineGroup;
import io.tare.model.profile.TopPlaces;
import io.tare.model.profile.TopPlaces.Place;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.TypeCount;
import io.tare.report.look.JsonWriter;
import java.util.List;

/** {@code tare.who/1}: every place, with what it holds itself and what passes through it. */
public final class AllocationJson {
  private AllocationJson() {}

  public static String render(AllocationReport report) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.who/1").field("subject", report.subject())
        .field("compared", report.compared());
    report.census().ifPresent(census -> census(json, census));
    report.top().ifPresent(top -> top(json, top));
    if (!report.calls().isEmpty()) {
      json.beginArray("calls");
      report.calls().forEach(calls -> {
        json.beginObject().field("name", calls.place().name()).field("flat", calls.place().flat()).field("cumulative",
            calls.place().cumulative());
        edges(json, "callers", calls.callers());
        edges(json, "callees", calls.callees());
        json.endObject();
      });
      json.endArray();
    }
    if (!report.listings().isEmpty()) {
      json.beginArray("listings");
      report.listings().forEach(listing -> listing(json, listing));
      json.endArray();
    }
    json.beginArray("goroutines");
    report.goroutines().forEach(group -> group(json, group));
    return json.endArray().problems(report.problems()).endObject().finish();
  }

  private static void listing(JsonWriter json, Listing listing) {
    json.beginObject().field("name", listing.place().name()).field("file", listing.file())
        .field("flat", listing.place().flat()).field("cumulative", listing.place().cumulative()).beginArray("lines");
    listing.lines().forEach(line -> json.beginObject().field("line", line.number()).field("flat", line.flat())
        .field("cumulative", line.cumulative()).fieldIfSaid("text", line.text()).endObject());
    json.endArray().endObject();
  }

  private static void top(JsonWriter json, TopPlaces top) {
    json.field("type", top.type().name()).field("unit", top.type().unit()).field("by", top.by()).field("total",
        top.total()).beginArray("places");
    for (Place place : top.places()) {
      json.beginObject().field("name", place.name()).field("flat", place.flat())
          .field("cumulative", place.cumulative()).endObject();
    }
    json.endArray();
  }

  private static void census(JsonWriter json, TypeCensus census) {
    json.beginObject("census").field("runtime", census.runtime()).field("truth", census.truth().word())
        .field("one_in", census.oneIn()).field("objects", census.objects()).field("bytes", census.bytes())
        .field("unparsed_bytes", census.unparsedBytes()).field("wall_ms", census.cost().wallMillis())
        .field("cpu_ms", census.cost().cpuMillis()).field("read_bytes", census.cost().bytesRead())
        .field("attempts", census.cost().attempts());
    census.live().ifPresent(live -> json.beginObject("live").field("old_bytes", live.oldBytes())
        .field("old_used_bytes", live.oldUsedBytes()).field("unread_stacks", live.unreadStacks()).endObject());
    json.beginArray("types");
    for (TypeCount type : census.types()) {
      json.beginObject().field("name", type.name()).fieldIfSaid("module", type.module())
          .field("objects", type.objects()).field("bytes", type.bytes()).endObject();
    }
    json.endArray().endObject();
  }

  private static void edges(JsonWriter json, String name, List<Place> others) {
    json.beginArray(name);
    others.forEach(other -> json.beginObject().field("name", other.name()).field("value", other.cumulative())
        .endObject());
    json.endArray();
  }

  private static void group(JsonWriter json, GoroutineGroup group) {
    json.beginObject().field("count", group.count()).field("state", group.state()).fieldIfSaid("reason", group.reason())
        .field("function", group.function()).field("start", group.start()).fieldIfSaid("creator", group.creator())
        .field("runtimes", group.isRuntimes()).endObject();
  }
}
