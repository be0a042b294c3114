package io.tare.report.processes;

import io.tare.model.report.ProcessLine;
import io.tare.report.look.JsonWriter;
import java.util.List;

/** {@code tare.ps/1}: one object a process. */
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
        .field("netBytes", process.netBytes()).field("tareBytes", process.tareBytes())
        .field("limitBytes", process.limitBytes()).fieldIfSaid("note", process.note()).endObject();
  }
}
