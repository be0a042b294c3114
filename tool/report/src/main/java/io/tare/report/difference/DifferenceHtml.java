package io.tare.report.difference;

import io.tare.model.history.Difference;
import io.tare.model.history.Difference.Line;
import io.tare.model.history.Difference.PhaseDifference;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.Snapshot;
import io.tare.model.ledger.Account;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.look.Units;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What moved between two weighings, as a page: each line with a bar to the left where it fell and to the right where it grew. */
public final class DifferenceHtml {
  private final Html html;
  private final Units units;

  private DifferenceHtml(Html html, Units units) {
    this.html = html;
    this.units = units;
  }

  public static String render(Difference difference, TextOptions options) {
    HtmlPage page = HtmlPage.plain("From " + difference.before().label() + " to " + difference.after().label());
    Html html = page.begin();
    HtmlPage.head(html, new Head("says what moved",
        difference.before().label() + " \u2192 " + difference.after().label(),
        List.of("before: " + side(difference.before()), "after: " + side(difference.after())), difference.summary()));
    new DifferenceHtml(html, options.units()).parts(difference);
    return page.end(html.close().newLine());
  }

  private static String side(Snapshot side) {
    return side.target() + ", " + Time.utc(side.at());
  }

  private void parts(Difference difference) {
    if (!difference.notes().isEmpty()) {
      html.open("section").open("ul");
      difference.notes().forEach(note -> html.leaf("li", note));
      html.close().close().newLine();
    }
    table("Accounts", "What moved by more than noise stands first; the rest is pale.", difference.accounts());
    table("Scales", "Gross and the other sums.", difference.scales());
    difference.phases().forEach(this::phase);
  }

  private void table(String title, String hint, List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    double most = lines.stream().filter(line -> isBytes(line)).mapToDouble(line -> Math.abs(line.change().orElse(0)))
        .max().orElse(0);
    html.open("section").leaf("h2", title).leaf("p", "hint", hint);
    html.wideTable(title, List.of("What", "Before", "After", "Change", "As a bar", "Noise"));
    lines.forEach(line -> line(line, most));
    html.endWideTable().close().newLine();
  }

  private void line(Line line, double most) {
    double change = line.change().orElse(0);
    String direction = !line.moved() ? "" : change < 0 ? " down" : " up";
    html.open("tr", "class", line.moved() ? "" : "quiet").open("td").leaf("b", line.id());
    Account.byId(line.id()).ifPresent(account -> html.leaf("small", account.title()));
    html.close().leaf("td", "n", level(line, line.before())).leaf("td", "n", level(line, line.after()))
        .leaf("td", "n" + direction,
            line.change().isPresent() ? units.signedLevel(change, line.unit()) : "-")
        .open("td", "class", "swing");
    if (isBytes(line) && most > 0 && change != 0) {
      double half = Math.abs(change) / most / 2;
      html.open("i", "class", "fill" + direction, "style", Html.leftWidth(change < 0 ? 0.5 - half : 0.5, half)).close();
    }
    html.close().leaf("td", "n", "\u00b1 " + units.level(line.noise(), line.unit())).close().newLine();
  }

  private static boolean isBytes(Line line) {
    return line.unit() == SeriesUnit.BYTES || line.unit() == SeriesUnit.BYTES_COUNTER;
  }

  private String level(Line line, OptionalDouble value) {
    return value.isPresent() ? units.level(value.getAsDouble(), line.unit()) : "-";
  }

  private void phase(PhaseDifference phase) {
    String from = phase.fromLabel().isEmpty() ? "beginning" : phase.fromLabel();
    String to = phase.toLabel().isEmpty() ? "end" : phase.toLabel();
    String title = "In the phase " + from + " \u2192 " + to;
    html.open("section").leaf("h2", title).leaf("p", "hint",
        "What the phase changed: it took " + Time.lasting(phase.beforeMillis()) + " before, "
            + Time.lasting(phase.afterMillis()) + " after.");
    html.wideTable(title, List.of("What", "Before", "After", "Difference"));
    moved("gross", OptionalLong.of(phase.beforeBytes()), OptionalLong.of(phase.afterBytes()));
    phase.accounts().forEach(line -> moved(line.id(), line.beforeBytes(), line.afterBytes()));
    html.endWideTable().close().newLine();
  }

  private void moved(String id, OptionalLong before, OptionalLong after) {
    boolean isKnown = before.isPresent() && after.isPresent();
    long difference = after.orElse(0) - before.orElse(0);
    html.open("tr").open("td").leaf("b", id).close().leaf("td", "n", change(before)).leaf("td", "n", change(after))
        .leaf("td", "n" + (!isKnown || difference == 0 ? "" : difference < 0 ? " down" : " up"),
            isKnown ? units.formatSigned(difference) : "-")
        .close().newLine();
  }

  private String change(OptionalLong bytes) {
    return bytes.isPresent() ? units.formatSigned(bytes.getAsLong()) : "-";
  }
}
