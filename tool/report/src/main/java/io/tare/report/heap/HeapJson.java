package io.tare.report.heap;

import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.DumpCost;
import io.tare.model.heap.DumpFacts;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapReport;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HeapThread;
import io.tare.model.heap.NativeBridge;
import io.tare.model.heap.PathStep;
import io.tare.model.heap.Suspect;
import io.tare.report.look.JsonWriter;
import java.util.List;

/** {@code tare.heap/1}. Fields are added to it, never renamed; what is unknown is absent. */
final class HeapJson {
  private HeapJson() {}

  /** The summary and, as further members, what is known of the process: each is absent if unknown. */
  static String render(HeapReport report) {
    HeapSummary summary = report.summary();
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.heap/1");
    dump(json, summary.dump());
    json.field("objects", summary.reached().objects()).field("shallowBytes", summary.reached().shallowBytes());
    json.beginObject("unreachable").field("objects", summary.unreachable().objects())
        .field("shallowBytes", summary.unreachable().shallowBytes()).endObject();
    lines(json, "histogram", "class", summary.byClass());
    lines(json, "packages", "package", summary.byPackage());
    lines(json, "loaders", "loader", summary.byLoader());
    nodes(json, "dominators", summary.dominators());
    json.beginArray("suspects");
    summary.suspects().forEach(suspect -> suspect(json, suspect));
    json.endArray().beginArray("waste");
    summary.waste().forEach(line -> json.beginObject().field("kind", line.kind()).field("what", line.what())
        .field("objects", line.objects()).field("bytes", line.bytes()).endObject());
    json.endArray();
    holders(json, summary);
    json.problems(summary.problems());
    report.bridge().ifPresent(bridge -> bridge(json, bridge));
    report.cost().ifPresent(cost -> cost(json, cost));
    return json.endObject().finish();
  }

  /** Threads, soft references and the like, and owners of native bytes. */
  private static void holders(JsonWriter json, HeapSummary summary) {
    json.beginArray("threads");
    summary.threads().forEach(thread -> thread(json, thread));
    json.endArray().beginArray("holdings");
    summary.holdings().forEach(holding -> json.beginObject().field("kind", holding.kind()).field("name", holding.name())
        .field("objects", holding.objects()).field("retainedBytes", holding.retainedBytes())
        .fieldIfSaid("details", holding.details()).endObject());
    json.endArray().beginArray("nativeOwners");
    summary.nativeOwners().forEach(owner -> json.beginObject().field("kind", owner.kind())
        .field("class", owner.className()).field("objects", owner.objects()).field("nativeBytes", owner.nativeBytes())
        .fieldIfSaid("details", owner.details()).endObject());
    json.endArray();
  }

  private static void dump(JsonWriter json, DumpFacts dump) {
    json.beginObject("dump").field("version", dump.version()).field("idBytes", dump.idBytes())
        .field("takenAt", dump.takenAt().toString()).field("fileBytes", dump.fileBytes())
        .field("truncated", dump.truncated()).field("layout", dump.layout()).field("classes", dump.classes())
        .field("roots", dump.roots()).field("rootsLost", dump.rootsLost()).endObject();
  }

  private static void lines(JsonWriter json, String name, String what, List<HistogramLine> lines) {
    json.beginArray(name);
    lines.forEach(line -> json.beginObject().field(what, line.name()).field("objects", line.objects())
        .field("shallowBytes", line.shallowBytes()).field("retainedBytes", line.retainedBytes()).endObject());
    json.endArray();
  }

  private static void nodes(JsonWriter json, String name, List<DominatorNode> nodes) {
    json.beginArray(name);
    for (DominatorNode node : nodes) {
      json.beginObject();
      if (node.address() != 0) {
        json.field("address", HeapWords.address(node.address()));
      }
      json.field("class", node.className()).fieldIfSaid("label", node.label());
      if (node.objects() != 1) {
        json.field("objects", node.objects());
      }
      json.field("shallowBytes", node.shallowBytes()).field("retainedBytes", node.retainedBytes());
      if (!node.children().isEmpty()) {
        nodes(json, "children", node.children());
      }
      json.endObject();
    }
    json.endArray();
  }

  private static void suspect(JsonWriter json, Suspect suspect) {
    json.beginObject().field("summary", suspect.summary()).field("holder", suspect.holder())
        .field("retainedBytes", suspect.retainedBytes()).field("sharePermille", Math.round(suspect.share() * 1000))
        .beginObject("piledUp").field("class", suspect.piledUpClass()).field("objects", suspect.piledUpObjects())
        .field("retainedBytes", suspect.piledUpBytes()).endObject().beginArray("path");
    suspect.path().forEach(step -> step(json, step));
    json.endArray();
    if (!suspect.otherWays().isEmpty()) {
      json.beginArray("otherHolders");
      suspect.otherWays().forEach(way -> {
        json.beginObject().field("holder", way.holder()).beginArray("path");
        way.path().forEach(step -> step(json, step));
        json.endArray().endObject();
      });
      json.endArray();
    }
    json.endObject();
  }

  private static void step(JsonWriter json, PathStep step) {
    json.beginObject().fieldIfSaid("reference", step.reference()).field("address", HeapWords.address(step.address()))
        .field("class", step.className()).fieldIfSaid("label", step.label()).endObject();
  }

  private static void thread(JsonWriter json, HeapThread thread) {
    json.beginObject().field("name", thread.name()).field("virtual", thread.virtual())
        .field("address", HeapWords.address(thread.address()))
        .field("retainedBytes", thread.retainedBytes()).field("threadLocalBytes", thread.threadLocalBytes())
        .beginArray("frames");
    for (HeapThread.Frame frame : thread.frames()) {
      json.beginObject().field("method", frame.method());
      if (!frame.locals().isEmpty()) {
        json.beginArray("locals");
        frame.locals().forEach(local -> json.beginObject().field("address", HeapWords.address(local.address()))
            .field("class", local.className()).field("retainedBytes", local.retainedBytes()).endObject());
        json.endArray();
      }
      json.endObject();
    }
    json.endArray().endObject();
  }

  private static void bridge(JsonWriter json, NativeBridge bridge) {
    json.beginObject("native").field("pid", bridge.pid()).field("takenAt", bridge.takenAt().toString())
        .beginArray("lines");
    bridge.lines().forEach(line -> json.beginObject().field("what", line.what()).field("objects", line.objects())
        .field("heapBytes", line.heapBytes()).field("processBytes", line.processBytes())
        .fieldIfSaid("counterpart", line.counterpart()).fieldIfSaid("meaning", line.meaning()).endObject());
    json.endArray().beginArray("rest");
    bridge.rest().forEach(rest -> json.beginObject().field("account", rest.account())
        .field("residentBytes", rest.residentBytes()).endObject());
    json.endArray().strings("notes", bridge.notes()).endObject();
  }

  private static void cost(JsonWriter json, DumpCost cost) {
    json.beginObject("observer").field("pid", cost.pid()).field("millis", cost.millis())
        .field("fileBytes", cost.fileBytes()).field("rssDeltaBytes", cost.grownBytes())
        .field("liveOnly", cost.liveOnly()).endObject();
  }
}
