package io.tare.report.json;

import io.tare.model.heap.DumpCost;
import io.tare.model.heap.HeapReport;
import io.tare.model.heap.NativeBridge;

/** Members of {@code tare.heap/1} about the process: {@code native} and {@code observer}, each absent if unknown. */
public final class HeapProcessJson {
  private HeapProcessJson() {}

  /** Adds the members. */
  public static void write(JsonWriter json, HeapReport report) {
    report.bridge().ifPresent(bridge -> bridge(json, bridge));
    report.cost().ifPresent(cost -> cost(json, cost));
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
    json.endArray().beginArray("notes");
    bridge.notes().forEach(json::value);
    json.endArray().endObject();
  }

  private static void cost(JsonWriter json, DumpCost cost) {
    json.beginObject("observer").field("pid", cost.pid()).field("millis", cost.millis())
        .field("fileBytes", cost.fileBytes()).field("rssDeltaBytes", cost.grownBytes())
        .field("liveOnly", cost.liveOnly()).endObject();
  }
}
