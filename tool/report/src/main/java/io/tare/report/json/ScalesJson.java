package io.tare.report.json;

import io.tare.model.report.Scales;

/** The scales: the process's own, the group's beside them, the group's name, and the steps between. */
final class ScalesJson {
  private ScalesJson() {}

  static void write(JsonWriter json, Scales scales) {
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
    LedgerJson.strings(json, "others", group.others());
    json.endObject();
  }
}
