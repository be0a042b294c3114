package io.tare.report.processes;

import io.tare.model.report.ProcessLine;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.look.Units;
import java.time.Instant;
import java.util.List;

/** Every process at a glance, as a page to sort and to search. */
public final class ProcessesHtml {
  private ProcessesHtml() {}

  public static String render(List<ProcessLine> processes, Instant at, TextOptions options) {
    HtmlPage page = HtmlPage.plain("Processes, " + Time.utc(at));
    Html html = page.begin();
    long gross = processes.stream().mapToLong(process -> process.rssBytes().orElse(0)).sum();
    HtmlPage.head(html,
        new Head("looks at every process",
            Count.grouped(processes.size()) + (processes.size() == 1 ? " process" : " processes"),
            List.of(Time.utc(at)), "Together they have " + options.units().format(gross)
                + " resident; pages that several share are counted for each."));
    html.open("section").leaf("h2", "At a glance")
        .leaf("p", "hint", "A dash is not known, not zero. Net is what the program itself put there and still uses.");
    html.wideTable("processes", List.of("Pid", "Name", "Gross", "Net", "Tare", "Limit", "Runtime", "User"));
    processes.forEach(process -> row(html, process, options.units()));
    html.endWideTable().close().newLine();
    return page.end(html.close().newLine());
  }

  private static void row(Html html, ProcessLine process, Units units) {
    html.open("tr").leaf("td", "n", Long.toString(process.pid())).open("td", "class", "name").leaf("b", process.name());
    if (!process.note().isBlank()) {
      html.leaf("small", process.note());
    }
    html.close().leaf("td", "n", units.format(process.rssBytes()))
        .leaf("td", "n", process.net().map(units::format).orElse("-"))
        .leaf("td", "n", process.rssBytes().isEmpty()
            ? "-"
            : process.net().map(net -> units.formatRest(net, process.rssBytes().getAsLong())).orElse("-"))
        .leaf("td", "n", units.format(process.limitBytes())).leaf("td", process.runtime())
        .leaf("td", process.user().orElse("")).close().newLine();
  }
}
