package io.tare.report.ledger;

import io.tare.model.ledger.ByteRange;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Figure;
import io.tare.model.report.MappingLine;
import io.tare.model.report.Net;
import io.tare.model.report.Remedy;
import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import io.tare.model.report.Scales;
import io.tare.model.report.ThreadLine;
import io.tare.model.report.Verdict;
import io.tare.report.look.JsonWriter;
import io.tare.report.look.TextOptions;
import java.util.List;
import java.util.Locale;

/** {@code tare.ledger/1}. Fields are added to it, never renamed; what is unknown is absent. */
public final class LedgerJson {
  private LedgerJson() {}

  /** The whole report; the long lists where the options ask for all, or for threads. */
  public static String render(Report report, TextOptions options) {
    JsonWriter json = new JsonWriter().beginObject();
    json.field("schema", "tare.ledger/1").field("takenAt", report.takenAt().toString());
    target(json, report.target());
    scales(json, report.scales());
    report.unread().ifPresent(unread -> json.beginObject("unread").field("sentence", unread.sentence())
        .field("unlock", unread.unlock()).endObject());
    // The bounds that were there first: net at most, tare at least.
    report.net().ifPresent(net -> json.field("netBytes", net.bytes().mostBytes()));
    report.tare().ifPresent(tare -> json.field("tareBytes", tare.leastBytes()));
    report.net().ifPresent(net -> net(json, net));
    report.tare().ifPresent(tare -> range(json.beginObject("tare"), tare).endObject());
    options.input().ifPresent(bytes -> json.field("inputBytes", bytes));
    report.ledger().ifPresent(ledger -> ledger(json, ledger));
    json.beginObject("observer").field("rssDeltaBytes", report.observer().rssDeltaBytes()).field("millis",
        report.observer().millis());
    json.strings("asked", report.observer().asked()).endObject();
    json.beginArray("verdicts");
    report.verdicts().forEach(verdict -> verdict(json, verdict));
    json.endArray();
    remedies(json, report.remedies());
    readings(json, "details", report.details());
    json.strings("notes", report.notes()).problems(report.problems());
    if (options.threads()) {
      threads(json, report.threads());
    }
    if (options.all()) {
      mappings(json, report.mappings());
    }
    return json.endObject().finish();
  }

  private static void target(JsonWriter json, ReportTarget target) {
    json.beginObject("target").field("pid", target.pid()).field("name", target.name())
        .fieldIfSaid("runtime", target.runtime()).fieldIfSaid("version", target.version())
        .fieldIfSaid("collector", target.collector()).fieldIfSaid("flags", target.flags()).endObject();
  }

  /** The scales: the process's own, the group's beside them, the group's name, and the steps between. */
  private static void scales(JsonWriter json, Scales scales) {
    json.beginObject("scales").field("rssBytes", scales.rssBytes()).field("pssBytes", scales.pssBytes())
        .field("ussBytes", scales.ussBytes()).field("swapBytes", scales.swapBytes())
        .field("rssAnonBytes", scales.rssAnonBytes()).field("rssFileBytes", scales.rssFileBytes())
        .field("rssShmemBytes", scales.rssShmemBytes());
    scales.group().ifPresent(group -> group(json, group));
    json.endObject();
    json.fieldIfSaid("killer", scales.killer());
    json.beginArray("steps");
    scales.steps().forEach(step -> json.beginObject().field("from", step.from()).field("to", step.to())
        .field("what", step.what()).field("bytes", step.bytes()).endObject());
    json.endArray();
  }

  private static void group(JsonWriter json, Scales.Group group) {
    json.field("cgroupUsageBytes", group.usageBytes()).field("workingSetBytes", group.workingSetBytes())
        .field("limitBytes", group.limitBytes()).field("kernelBytes", group.kernelBytes())
        .field("pageCacheBytes", group.pageCacheBytes()).field("reclaimableBytes", group.reclaimableBytes())
        .field("headroomBytes", group.headroomBytes()).field("peakBytes", group.peakBytes());
    json.beginObject("group").field("version", group.version()).field("path", group.path())
        .fieldIfSaid("limitPath", group.limitPath()).field("oomKills", group.oomKills());
    json.strings("others", group.others()).endObject();
  }

  private static void net(JsonWriter json, Net net) {
    range(json.beginObject("net").field("bytes", net.bytes().mostBytes()), net.bytes()).field("basis", net.basis());
    readings(json, "parts", net.parts());
    json.endObject();
  }

  private static JsonWriter range(JsonWriter json, ByteRange bytes) {
    return json.field("leastBytes", bytes.leastBytes()).field("mostBytes", bytes.mostBytes())
        .field("exact", bytes.isExact());
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
    readings(json, "readings", verdict.readings());
    json.endObject();
  }

  private static void remedies(JsonWriter json, List<Remedy> remedies) {
    json.beginArray("remedies");
    remedies.forEach(remedy -> {
      json.beginObject().fieldIfSaid("id", remedy.id()).field("action", remedy.action())
          .fieldIfSaid("how", remedy.how())
          .field("expectedBytes", remedy.expectedBytes()).field("price", remedy.price())
          .fieldIfSaid("sameBytes", remedy.sameBytes());
      if (!remedy.orders().isEmpty()) {
        json.strings("orders", remedy.orders());
      }
      remedy.tried().ifPresent(tried -> json.beginObject("tried").field("cases", tried.cases())
          .field("within", tried.within()).field("least", tried.least()).field("most", tried.most())
          .field("confidence", tried.confidence().name().toLowerCase(Locale.ROOT)).endObject());
      json.endObject();
    });
    json.endArray();
  }

  private static void readings(JsonWriter json, String name, List<Figure> readings) {
    json.beginArray(name);
    readings.forEach(reading -> json.beginObject().field("what", reading.what()).field("value", reading.value())
        .endObject());
    json.endArray();
  }

  private static void threads(JsonWriter json, List<ThreadLine> threads) {
    json.beginArray("threads");
    for (ThreadLine thread : threads) {
      json.beginObject().field("tid", thread.tid()).field("name", thread.name()).field("sort", thread.sort())
          .field("stack", thread.stack().toString()).field("stackBytes", thread.stack().bytes())
          .field("residentBytes", thread.residentBytes()).endObject();
    }
    json.endArray();
  }

  private static void mappings(JsonWriter json, List<MappingLine> mappings) {
    json.beginArray("mappings");
    for (MappingLine mapping : mappings) {
      json.beginObject().field("range", mapping.range().toString()).field("permissions", mapping.permissions())
          .fieldIfSaid("file", mapping.file()).field("account", mapping.account()).fieldIfSaid("name", mapping.name())
          .field("residentBytes", mapping.residentBytes()).field("confidence", mapping.confidence().label())
          .endObject();
    }
    json.endArray();
  }
}
