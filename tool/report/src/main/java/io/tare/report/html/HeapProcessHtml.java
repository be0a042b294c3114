package io.tare.report.html;

import io.tare.model.heap.DumpCost;
import io.tare.model.heap.HeapReport;
import io.tare.model.heap.NativeBridge;
import io.tare.model.heap.NativeLine;
import io.tare.report.TextOptions;
import io.tare.report.words.Count;
import io.tare.report.words.Units;
import java.util.OptionalLong;

/** The heap page with sections about the process. */
public final class HeapProcessHtml {
  private final Units units;

  private HeapProcessHtml(Units units) {
    this.units = units;
  }

  public static String render(HeapReport report, TextOptions options) {
    HeapProcessHtml sections = new HeapProcessHtml(options.units());
    return HeapHtml.render(report.summary(), options, html -> {
      report.bridge().ifPresent(bridge -> sections.bridge(html, bridge));
      report.cost().ifPresent(cost -> sections.cost(html, cost));
    });
  }

  private void bridge(Html html, NativeBridge bridge) {
    html.open("section").leaf("h2", "Native memory")
        .leaf("p", "hint", "As the heap and process " + bridge.pid() + " tell it.");
    html.open("table").open("tr").leaf("th", "what").leaf("th", "owners").leaf("th", "in the heap")
        .leaf("th", "process").leaf("th", "meaning").close().newLine();
    for (NativeLine line : bridge.lines()) {
      html.open("tr").leaf("td", line.what()).leaf("td", "n", Long.toString(line.objects()))
          .leaf("td", "n", bytes(line.heapBytes())).leaf("td", "n", bytes(line.processBytes()))
          .leaf("td", line.meaning()).close().newLine();
    }
    html.close().leaf("h3", "No Java object owns").open("table");
    bridge.rest().forEach(rest -> html.open("tr").leaf("td", rest.account() + ": " + rest.title())
        .leaf("td", "n", units.format(rest.residentBytes())).close().newLine());
    html.close();
    bridge.notes().forEach(note -> html.leaf("p", note));
    html.close().newLine();
  }

  private String bytes(OptionalLong bytes) {
    return bytes.isPresent() ? units.format(bytes.getAsLong()) : "-";
  }

  private void cost(Html html, DumpCost cost) {
    html.open("section").leaf("h2", "What the dump cost");
    html.leaf("p", "All threads of process " + cost.pid() + " stood still for at most " + Count.millis(cost.millis())
        + "; it wrote " + units.format(cost.fileBytes()) + ", and its RSS changed by "
        + units.formatSigned(cost.grownBytes()) + ".");
    html.close().newLine();
  }
}
