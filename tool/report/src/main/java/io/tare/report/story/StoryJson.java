package io.tare.report.story;

import io.tare.model.history.LeakVerdict;
import io.tare.model.history.Story;
import io.tare.model.history.Story.AccountChange;
import io.tare.model.history.Story.GcLoad;
import io.tare.model.history.Story.StoryPhase;
import io.tare.model.history.Weighing;
import io.tare.report.look.JsonWriter;
import io.tare.report.verdict.LeakJson;
import java.util.List;

/**
 * {@code tare.story/1}: recordings told, and the fields of {@code tare.leak/1} as each process's {@code verdict}. Fields are added to it,
 * never renamed; what is unknown is absent.
 */
public final class StoryJson {
  private StoryJson() {}

  /** The stories, and the verdicts on the same processes in the same order. */
  public static String render(List<Story> stories, List<LeakVerdict> verdicts) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.story/1");
    json.beginArray("processes");
    for (int i = 0; i < stories.size(); i++) {
      story(json, stories.get(i), verdicts.get(i));
    }
    json.endArray();
    stories.stream().findFirst().flatMap(Story::family).ifPresent(family -> family(json, family));
    return json.endObject().finish();
  }

  private static void family(JsonWriter json, Story.Family family) {
    json.beginObject("family").field("peakAt", family.peakAt().toString()).field("peakPssBytes", family.peakBytes())
        .field("rssBytes", family.peakRssBytes()).field("unread", family.unread()).beginArray("members");
    family.members().forEach(member -> json.beginObject().field("pid", member.pid()).field("name", member.label())
        .field("pssBytes", member.bytes()).endObject());
    json.endArray().endObject();
  }

  private static void story(JsonWriter json, Story story, LeakVerdict verdict) {
    json.beginObject().field("pid", story.process().pid()).field("name", story.process().label())
        .fieldIfSaid("runtime", story.process().runtime()).field("from", story.from().toString())
        .field("to", story.to().toString()).field("readings", story.readings()).field("ledgers", story.ledgers())
        .field("limitBytes", story.process().limitBytes()).field("peakBytes", story.peakBytes())
        .field("peakAt", story.peakAt().toString()).field("kernelPeakBytes", story.kernelPeakBytes())
        .field("lastBytes", story.lastBytes());
    story.baseline().ifPresent(ledger -> ledger(json, "baseline", ledger));
    json.beginArray("phases");
    story.phases().forEach(phase -> phase(json, phase));
    json.endArray();
    story.peakLedger().ifPresent(ledger -> ledger(json, "peak", ledger));
    story.last().ifPresent(ledger -> ledger(json, "last", ledger));
    changes(json, "grew", story.grew());
    changes(json, "cameBack", story.cameBack());
    json.field("oomKillsBefore", story.killsBefore());
    story.gc().ifPresent(gc -> gc(json, gc));
    Story.Strain strain = story.strain();
    json.beginObject("strain").field("majorFaults", strain.majorFaults())
        .field("groupWaitNanos", strain.groupWaitNanos()).field("machineWaitNanos", strain.machineWaitNanos())
        .field("swappedInBytes", strain.swappedInBytes()).endObject();
    story.ending().ifPresent(ending -> json.beginObject("ending").field("cause", ending.cause().name())
        .field("code", ending.code()).field("words", ending.words()).field("peakBytes", ending.usage().peakBytes())
        .field("cpuNanos", ending.usage().cpuNanos()).endObject());
    json.beginObject("verdict");
    LeakJson.fields(json, verdict);
    json.endObject();
    json.beginArray("notes");
    story.closing().forEach(json::value);
    json.endArray().endObject();
  }

  private static void ledger(JsonWriter json, String name, Weighing ledger) {
    json.beginObject(name).field("epochMillis", ledger.epochMillis()).field("reason", ledger.reason().name())
        .field("costMicros", ledger.costMicros()).field("grossBytes", ledger.grossBytes())
        .field("netBytes", ledger.netBytes());
    json.beginArray("accounts");
    ledger.accounts().forEach(
        (id, bytes) -> json.beginObject().field("id", id).field("residentBytes", bytes).endObject());
    json.endArray().field("unexplainedBytes", ledger.unexplainedBytes()).endObject();
  }

  private static void phase(JsonWriter json, StoryPhase phase) {
    json.beginObject().field("fromLabel", phase.fromLabel()).field("toLabel", phase.toLabel())
        .field("times", phase.times()).field("from", phase.from().toString())
        .field("lengthMillis", phase.lengthMillis()).field("items", phase.items())
        .field("grossBeforeBytes", phase.grossBeforeBytes()).field("grossAfterBytes", phase.grossAfterBytes())
        .field("peakBytes", phase.peakBytes()).field("floorChangeBytes", phase.floorChangeBytes())
        .field("threadsChange", phase.threadsChange());
    phase.gc().ifPresent(gc -> gc(json, gc));
    changes(json, "changes", phase.changes());
    json.endObject();
  }

  private static void gc(JsonWriter json, GcLoad gc) {
    json.beginObject("gc").field("runs", gc.runs()).field("sharePerMillion", Math.round(gc.share() * 1e6))
        .field("of", gc.ofProcessorTime() ? "processor-time" : "time").field("grade", gc.grade()).endObject();
  }

  private static void changes(JsonWriter json, String name, List<AccountChange> changes) {
    json.beginArray(name);
    changes.forEach(change -> json.beginObject().field("id", change.account())
        .field("beforeBytes", change.beforeBytes()).field("afterBytes", change.afterBytes()).endObject());
    json.endArray();
  }
}
