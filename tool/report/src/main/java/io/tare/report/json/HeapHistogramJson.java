package io.tare.report.json;

import io.tare.model.heap.HeapHistogram;

/** {@code tare.heap-histogram/1}. */
public final class HeapHistogramJson {
  private HeapHistogramJson() {}

  /** Every class, the heaviest first. */
  public static String render(HeapHistogram histogram) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.heap-histogram/1")
        .field("objects", histogram.objects()).field("shallowBytes", histogram.shallowBytes()).beginArray("histogram");
    histogram.lines().forEach(line -> json.beginObject().field("class", line.name()).field("objects", line.objects())
        .field("shallowBytes", line.shallowBytes()).endObject());
    json.endArray().beginArray("problems");
    histogram.problems().forEach(problem -> json.beginObject().field("artifact", problem.artifact())
        .field("where", problem.where()).field("message", problem.message()).endObject());
    return json.endArray().endObject().finish();
  }
}
