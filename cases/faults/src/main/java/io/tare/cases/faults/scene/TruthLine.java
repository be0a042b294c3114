package io.tare.cases.faults.scene;

import io.tare.cases.faults.self.Collector;
import java.util.LinkedHashMap;
import java.util.Map;

/** The one line that a fault prints when it is ready to be weighed. */
final class TruthLine {
  private TruthLine() {}

  static String of(String fault, long rssBytes, Truth truth) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("fault", fault);
    line.put("pid", ProcessHandle.current().pid());
    line.put("jdk", System.getProperty("java.version", ""));
    line.put("collector", Collector.current().label());
    line.put("rssBytes", rssBytes);
    line.put("truth", truth.exact());
    line.put("atLeast", truth.atLeast());
    line.put("atMost", truth.atMost());
    line.put("notes", truth.notes());
    line.put("ready", true);
    return Json.of(line);
  }
}
