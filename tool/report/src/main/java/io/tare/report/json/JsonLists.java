package io.tare.report.json;

import io.tare.model.Problem;
import io.tare.model.report.MappingLine;
import io.tare.model.report.Report;
import io.tare.model.report.ThreadLine;
import java.util.List;

/** The long lists of a ledger, each written only when it is asked for. */
public record JsonLists(boolean mappings, boolean threads) {
  void write(JsonWriter json, Report report) {
    if (threads) {
      threads(json, report.threads());
    }
    if (mappings) {
      mappings(json, report.mappings());
    }
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

  static void problems(JsonWriter json, List<Problem> problems) {
    json.beginArray("problems");
    problems.forEach(problem -> json.beginObject().field("artifact", problem.artifact())
        .field("where", problem.where()).field("message", problem.message()).endObject());
    json.endArray();
  }
}
