package io.tare.app;

import io.tare.report.look.Columns;
import java.util.List;

/** What {@code --format json} writes: a form a command, each with a schema in {@code docs/schema}. */
final class JsonForms {
  /** @param command what writes it */
  record Form(String schema, String command, String says) {
    /** Where the schema stands: {@code tare.heap-diff/1} is {@code heap-diff-1.schema.json}. */
    String file() {
      return schema.substring("tare.".length()).replace('/', '-') + ".schema.json";
    }
  }

  static final List<Form> ALL = List.of(
      new Form("tare.ledger/1", "tare PID|NAME|FILE.tare", "the ledger, its scales, verdicts and remedies"),
      new Form("tare.ps/1", "tare ps", "every process"),
      new Form("tare.who/1", "tare who", "who allocated it"),
      new Form("tare.story/1", "tare FILE.tarerec", "a recording's story, with the leak verdict"),
      new Form("tare.diff/1", "tare diff A B", "what moved between two weighings"),
      new Form("tare.check/1", "tare check", "each limit, and whether it was kept"),
      new Form("tare.log/1", "tare log FILE", "what logs tell, with the leak verdict"),
      new Form("tare.settling/1", "tare log --settling", "what went back after the load"),
      new Form("tare.advice/1", "tare advise", "sizes, and what they stand on"),
      new Form("tare.checklist/1", "tare checklist", "what should hold, answered"),
      new Form("tare.heap/1", "tare heap DUMP", "objects, holders, suspects, waste"),
      new Form("tare.heap-diff/1", "tare heap diff A B", "what has grown between two dumps"),
      new Form("tare.heap-histogram/1", "tare heap --histogram", "objects and bytes by class"),
      new Form("tare.heap-object/1", "tare heap --object", "one object"),
      new Form("tare.heap-collections/1", "tare heap --collections", "what collections cost, by class"),
      new Form("tare.heap-class/1", "tare heap --class", "the objects of a class"),
      new Form("tare.heap-select/1", "tare heap --select", "the answer to a query"),
      new Form("tare.fleet-answer/1", "tare fleet ask", "a question's table; what is not known is null"));

  private JsonForms() {}

  static String page(int width) {
    StringBuilder page = new StringBuilder();
    Columns.wrap(width,
        "What --format json writes. Each answer names its form in the member 'schema'. Bytes are whole numbers; what is not"
            + " known is absent, never zero. Within a number (/1) members are added, and none is removed, renamed or given another type;"
            + " so read what you know and pass over the rest. Every form has a JSON Schema in docs/schema.")
        .forEach(line -> page.append(line).append('\n'));
    page.append('\n');
    for (Form form : ALL) {
      page.append(String.format("  %-24s %-26s %s%n", form.schema(), form.command(), form.says()));
    }
    return page.toString();
  }
}
