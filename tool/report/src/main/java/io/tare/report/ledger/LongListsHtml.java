package io.tare.report.ledger;

import io.tare.model.report.MappingLine;
import io.tare.model.report.Report;
import io.tare.model.report.ThreadLine;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.TextOptions;
import java.util.Comparator;
import java.util.List;

/** The long lists, folded away: single facts, threads, mappings. */
final class LongListsHtml {
  private static final int SHOWN = 500;

  private final Html html;
  private final TextOptions options;

  LongListsHtml(Html html, TextOptions options) {
    this.html = html;
    this.options = options;
  }

  void write(Report report) {
    if (report.details().isEmpty() && report.threads().isEmpty() && report.mappings().isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "For those who want to know more");
    details(report);
    threads(report.threads());
    mappings(report.mappings());
    html.close().newLine();
  }

  private void details(Report report) {
    if (!report.details().isEmpty()) {
      begin("Single facts", List.of("What", "Value"));
      report.details()
          .forEach(reading -> html.open("tr").leaf("td", reading.what()).leaf("td", reading.value()).close());
      end(0);
    }
  }

  private void threads(List<ThreadLine> threads) {
    if (threads.isEmpty()) {
      return;
    }
    begin("Stacks of " + Count.of(threads.size(), "thread"),
        List.of("Resident", "Reserved", "Thread", "Name", "Sort"));
    threads.stream().sorted(Comparator.comparingLong(ThreadLine::residentBytes).reversed())
        .limit(shown(threads.size(), options.threads())).forEach(this::thread);
    end(threads.size() - shown(threads.size(), options.threads()));
  }

  private void thread(ThreadLine thread) {
    html.open("tr").leaf("td", "n", bytes(thread.residentBytes())).leaf("td", "n", bytes(thread.stack().bytes()))
        .leaf("td", "n", Long.toString(thread.tid())).leaf("td", "name", thread.name()).leaf("td", thread.sort())
        .close()
        .newLine();
  }

  private void mappings(List<MappingLine> mappings) {
    if (mappings.isEmpty()) {
      return;
    }
    begin(Count.of(mappings.size(), "mapping"), List.of("Resident", "Account", "Range", "", "File or name"));
    mappings.stream().sorted(Comparator.comparingLong(MappingLine::residentBytes).reversed())
        .limit(shown(mappings.size(), options.all())).forEach(this::mapping);
    end(mappings.size() - shown(mappings.size(), options.all()));
  }

  private void mapping(MappingLine mapping) {
    String name = mapping.file().isEmpty() || mapping.file().equals(mapping.name())
        ? mapping.name()
        : mapping.file() + " " + mapping.name();
    html.open("tr").leaf("td", "n", bytes(mapping.residentBytes())).leaf("td", mapping.account())
        .open("td").leaf("code", mapping.range().toString()).close().open("td").leaf("code", mapping.permissions())
        .close()
        .leaf("td", "name", name).close().newLine();
  }

  private void begin(String summary, List<String> columns) {
    html.open("details", "class", "plain").leaf("summary", summary).open("div", "class", "wide").open("table")
        .open("thead")
        .open("tr");
    columns.forEach(column -> html.leaf("th", column));
    html.close().close().open("tbody").newLine();
  }

  private void end(long left) {
    html.close().close();
    if (left > 0) {
      html.leaf("p", "hint", "and " + Count.grouped(left) + " smaller ones; --all and --threads write them all.");
    }
    html.close().close().newLine();
  }

  private static int shown(int size, boolean all) {
    return all ? size : Math.min(size, SHOWN);
  }

  private String bytes(long bytes) {
    return options.units().format(bytes);
  }
}
