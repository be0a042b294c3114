package io.tare.report.live;

import io.tare.model.history.LiveReading;
import io.tare.model.history.SampleColumn;
import io.tare.model.ledger.Account;
import io.tare.report.look.JsonWriter;
import java.util.List;
import java.util.OptionalLong;

/**
 * Watched processes in OTLP's form of JSON, as a collector takes it by HTTP: OpenTelemetry's names where it has some, else
 * {@code tare.…}; a resource a process. Whole numbers are texts there.
 */
public final class OtlpJson {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final String CUMULATIVE = "AGGREGATION_TEMPORALITY_CUMULATIVE";

  private final JsonWriter json;
  private final LiveReading reading;
  private final String nanos;

  private OtlpJson(JsonWriter json, LiveReading reading) {
    this.json = json;
    this.reading = reading;
    nanos = Long.toString(reading.sample().epochMillis() * NANOS_PER_MILLI);
  }

  /** @param version of this tool */
  public static String render(List<LiveReading> readings, String version) {
    JsonWriter json = new JsonWriter().beginObject().beginArray("resourceMetrics");
    readings.forEach(reading -> new OtlpJson(json, reading).resource(version));
    return json.endArray().endObject().finish();
  }

  private void resource(String version) {
    json.beginObject().beginObject("resource").beginArray("attributes");
    text("service.name", reading.process().label());
    text("container.id", reading.container());
    text("process.runtime.name", reading.process().runtime());
    json.beginObject().field("key", "process.pid").beginObject("value")
        .field("intValue", Long.toString(reading.process().pid())).endObject().endObject();
    json.endArray().endObject().beginArray("scopeMetrics").beginObject().beginObject("scope").field("name", "tare")
        .field("version", version).endObject().beginArray("metrics");
    metrics();
    json.endArray().endObject().endArray().endObject();
  }

  private void text(String key, String value) {
    if (!value.isBlank()) {
      json.beginObject().field("key", key).beginObject("value").field("stringValue", value).endObject().endObject();
    }
  }

  private void metrics() {
    level("process.memory.usage", "By", "The amount of physical memory in use.", SampleColumn.RSS);
    level("process.thread.count", "{thread}", "Process threads count.", SampleColumn.THREADS);
    level("process.unix.file_descriptor.count", "{file_descriptor}", "Number of unix file descriptors in use.",
        SampleColumn.FILE_DESCRIPTORS);
    seconds("process.cpu.time", "Processor time used.", SampleColumn.CPU_NANOS);
    level("jvm.memory.used", "By", "Heap in use, garbage included.", SampleColumn.HEAP_USED, "jvm.memory.type", "heap");
    level("jvm.memory.committed", "By", "Heap that the collector holds ready.", SampleColumn.HEAP_COMMITTED,
        "jvm.memory.type", "heap");
    level("jvm.memory.used_after_last_gc", "By", "Heap in use after the last collection.", reading.floorBytes(),
        "jvm.memory.type", "heap");
    level("jvm.class.count", "{class}", "Number of classes currently loaded.", SampleColumn.CLASSES);
    seconds("tare.gc.time", "Time in which collections stood in the way.", SampleColumn.GC_NANOS);
    level("container.memory.usage", "By", "What the container is charged.", SampleColumn.CGROUP_USAGE);
    level("container.memory.working_set", "By", "Usage less inactive file pages.", SampleColumn.WORKING_SET);
    level("tare.memory.limit", "By", "The tightest limit.", reading.process().limitBytes());
    level("tare.memory.swap", "By", "Memory in swap.", SampleColumn.SWAP);
    reading.ledger().ifPresent(ledger -> {
      level("tare.memory.net", "By", "What the program itself put there and still uses, at most.", ledger.netBytes());
      level("tare.memory.unexplained", "By", "Resident bytes without an owner.",
          OptionalLong.of(ledger.unexplainedBytes()));
      begin("tare.account.resident", "By", "Resident bytes of one account of the last ledger.");
      json.beginObject("gauge").beginArray("dataPoints");
      ledger.accounts().forEach((id, bytes) -> point(bytes, "tare.account", id, "tare.kind",
          Account.byId(id).map(one -> one.kind().label()).orElse("")));
      json.endArray().endObject().endObject();
    });
  }

  private void level(String name, String unit, String description, SampleColumn column, String... attributes) {
    level(name, unit, description, reading.sample().get(column), attributes);
  }

  /** What is not known is not sent. */
  private void level(String name, String unit, String description, OptionalLong value, String... attributes) {
    if (value.isPresent()) {
      begin(name, unit, description);
      json.beginObject("gauge").beginArray("dataPoints");
      point(value.getAsLong(), attributes);
      json.endArray().endObject().endObject();
    }
  }

  private void seconds(String name, String description, SampleColumn column) {
    OptionalLong value = reading.sample().get(column);
    if (value.isPresent()) {
      begin(name, "s", description);
      json.beginObject("sum").field("aggregationTemporality", CUMULATIVE).field("isMonotonic", true)
          .beginArray("dataPoints").beginObject().field("timeUnixNano", nanos)
          .field("asDouble", value.getAsLong() / 1e9).endObject().endArray().endObject().endObject();
    }
  }

  private void begin(String name, String unit, String description) {
    json.beginObject().field("name", name).field("unit", unit).field("description", description);
  }

  private void point(long value, String... attributes) {
    json.beginObject().field("timeUnixNano", nanos).field("asInt", Long.toString(value)).beginArray("attributes");
    for (int i = 0; i < attributes.length; i += 2) {
      text(attributes[i], attributes[i + 1]);
    }
    json.endArray().endObject();
  }
}
