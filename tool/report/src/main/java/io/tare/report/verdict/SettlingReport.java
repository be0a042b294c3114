package io.tare.report.verdict;

import io.tare.model.history.Settling;
import io.tare.model.history.Settling.Basis;
import io.tare.report.look.JsonWriter;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import java.util.List;

/** What went back after the load: for a terminal, and as {@code tare.settling/1}. */
public final class SettlingReport {
  private static final long SMALL = 1 << 20;

  private SettlingReport() {}

  public static String text(Settling settling, TextOptions options) {
    Page page = new Page(options);
    page.heading("AFTER THE LOAD",
        "it ended at " + Time.utc(settling.loadEnded()) + ", told by " + settling.how());
    page.line().add("  account", Style.FAINT).right(32, "then", Style.FAINT).right(42, "now", Style.FAINT)
        .right(53, "went back", Style.FAINT).right(64, "half after", Style.FAINT).add("  settles at", Style.FAINT);
    List<Settling.Line> lines = settling.lines().stream()
        .filter(line -> page.showsAll() || Math.abs(line.returned()) >= SMALL || line.id().equals("rss")).toList();
    for (Settling.Line line : lines) {
      page.line().add("  ").fit(24, line.id(), Style.PLAIN).right(32, bytes(page, line.atEndOfLoad()), Style.PLAIN)
          .right(42, bytes(page, line.last()), Style.PLAIN).right(53, bytes(page, line.returned()), Style.BOLD)
          .right(64, line.halfLife().map(time -> Time.about(time.toMillis() / 1e3)).orElse("-"), Style.PLAIN)
          .add("  ").fit(page.width(), steady(page, line), Style.FAINT);
    }
    if (lines.size() < settling.lines().size()) {
      page.line().add("  " + (settling.lines().size() - lines.size()) + " more that did not move", Style.FAINT);
    }
    return page.print();
  }

  private static String steady(Page page, Settling.Line line) {
    if (line.steady().isEmpty()) {
      return "cannot tell";
    }
    String level = bytes(page, line.steady().get().estimate());
    return line.basis() == Basis.MEASURED
        ? level + ", measured"
        : level + ", predicted, within " + bytes(page, line.steady().get().low()) + " to "
            + bytes(page, line.steady().get().high());
  }

  private static String bytes(Page page, double bytes) {
    return page.bytes(Math.round(bytes));
  }

  public static String json(Settling settling) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.settling/1")
        .field("loadEnded", settling.loadEnded().toString()).field("how", settling.how()).beginArray("accounts");
    for (Settling.Line line : settling.lines()) {
      json.beginObject().field("id", line.id()).field("atEndOfLoad", Math.round(line.atEndOfLoad()))
          .field("last", Math.round(line.last())).field("returned", Math.round(line.returned()));
      line.halfLife().ifPresent(time -> json.field("halfLifeMillis", time.toMillis()));
      json.field("basis", JsonWriter.word(line.basis()));
      line.steady().ifPresent(rate -> LeakJson.rate(json, "steady", rate));
      json.endObject();
    }
    return json.endArray().endObject().finish();
  }
}
