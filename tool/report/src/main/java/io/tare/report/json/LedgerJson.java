package io.tare.report.json;

import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Figure;
import io.tare.model.report.Net;
import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import java.util.List;

/** {@code tare.ledger/1}. Fields are added to it, never renamed; what is unknown is absent. */
public final class LedgerJson {
  private LedgerJson() {}

  /**
   * The whole report.
   *
   * @param lists which of the long lists are wanted
   */
  public static String render(Report report, JsonLists lists) {
    JsonWriter json = new JsonWriter().beginObject();
    json.field("schema", "tare.ledger/1").field("takenAt", report.takenAt().toString());
    target(json, report.target());
    ScalesJson.write(json, report.scales());
    report.net().ifPresent(net -> json.field("netBytes", net.bytes()));
    json.field("tareBytes", report.tareBytes());
    report.net().ifPresent(net -> net(json, net));
    report.ledger().ifPresent(ledger -> ledger(json, ledger));
    json.beginObject("observer").field("rssDeltaBytes", report.observer().rssDeltaBytes()).field("millis",
        report.observer().millis());
    strings(json, "asked", report.observer().asked());
    json.endObject();
    VerdictsJson.write(json, report);
    readings(json, "details", report.details());
    strings(json, "notes", report.notes());
    JsonLists.problems(json, report.problems());
    lists.write(json, report);
    return json.endObject().finish();
  }

  private static void target(JsonWriter json, ReportTarget target) {
    json.beginObject("target").field("pid", target.pid()).field("name", target.name())
        .fieldIfSaid("runtime", target.runtime()).fieldIfSaid("version", target.version())
        .fieldIfSaid("collector", target.collector()).fieldIfSaid("flags", target.flags()).endObject();
  }

  private static void net(JsonWriter json, Net net) {
    json.beginObject("net").field("bytes", net.bytes()).field("exact", net.exact()).field("basis", net.basis());
    readings(json, "parts", net.parts());
    json.endObject();
  }

  private static void ledger(JsonWriter json, Ledger ledger) {
    json.beginArray("accounts");
    ledger.entries().forEach(entry -> entry(json, entry));
    json.endArray().field("unexplainedBytes", ledger.unexplainedBytes());
  }

  private static void entry(JsonWriter json, Entry entry) {
    json.beginObject().field("id", entry.account().id()).fieldIfSaid("name", entry.name())
        .field("kind", entry.account().kind().label()).field("residentBytes", entry.residentBytes())
        .field("confidence", entry.confidence().label()).field("evidence", entry.evidence()).endObject();
  }

  static void readings(JsonWriter json, String name, List<Figure> readings) {
    json.beginArray(name);
    readings.forEach(reading -> json.beginObject().field("what", reading.what()).field("value", reading.value())
        .endObject());
    json.endArray();
  }

  static void strings(JsonWriter json, String name, List<String> values) {
    json.beginArray(name);
    values.forEach(json::value);
    json.endArray();
  }
}
