package io.tare.report.processes;

import io.tare.model.ledger.ByteRange;
import io.tare.model.report.ProcessLine;
import io.tare.report.look.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** {@code tare.ps/1}: one object a process; {@code netBytes} is net at most, {@code tareBytes} tare at least. */
public final class ProcessesJson {
  private ProcessesJson() {}

  public static String render(List<ProcessLine> processes) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.ps/1").beginArray("processes");
    processes.forEach(process -> process(json, process));
    return json.endArray().endObject().finish();
  }

  private static void process(JsonWriter json, ProcessLine process) {
    json.beginObject().field("pid", process.pid());
    process.user().ifPresent(user -> json.field("user", user));
    json.field("name", process.name()).field("runtime", process.runtime()).field("rssBytes", process.rssBytes())
        .field("netBytes", bound(process.net(), ByteRange::mostBytes))
        .field("netLeastBytes", bound(process.net(), ByteRange::leastBytes))
        .field("tareBytes", bound(process.tare(), ByteRange::leastBytes))
        .field("tareMostBytes", bound(process.tare(), ByteRange::mostBytes))
        .field("limitBytes", process.limitBytes()).fieldIfSaid("note", process.note()).endObject();
  }

  private static OptionalLong bound(Optional<ByteRange> range, ToLongFunction<ByteRange> bound) {
    return range.stream().mapToLong(bound).findFirst();
  }
}
