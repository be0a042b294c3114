package io.tare.report.verdict;

import io.tare.model.history.Settling;
import io.tare.model.history.Settling.Basis;
import io.tare.model.ledger.Account;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.look.Units;
import java.util.List;

/** What went back after the load, as a page. */
public final class SettlingHtml {
  private SettlingHtml() {}

  public static String render(Settling settling, TextOptions options) {
    HtmlPage page = HtmlPage.plain("After the load");
    Html html = page.begin();
    HtmlPage.head(html, new Head("says what went back", "After the load",
        List.of("it ended at " + Time.utc(settling.loadEnded()), "told by " + settling.how()),
        settling.lines().stream().filter(line -> line.id().equals("rss")).findFirst()
            .map(rss -> "Gross went back by " + bytes(options.units(), rss.returned()) + " from "
                + bytes(options.units(), rss.atEndOfLoad()) + ".")
            .orElse("")));
    html.open("section").leaf("h2", "Account by account").leaf("p", "hint",
        "Half after: until half of what came back was back. Settles at: measured, or foretold with its bounds.");
    html.wideTable("accounts after the load",
        List.of("Account", "Then", "Now", "Went back", "Half after", "Settles at", "Between"));
    settling.lines().forEach(line -> line(html, line, options.units()));
    html.endWideTable().close().newLine();
    return page.end(html.close().newLine());
  }

  private static void line(Html html, Settling.Line line, Units units) {
    html.open("tr").open("td").leaf("b", line.id());
    Account.byId(line.id()).ifPresent(account -> html.leaf("small", account.title()));
    html.close().leaf("td", "n", bytes(units, line.atEndOfLoad())).leaf("td", "n", bytes(units, line.last()))
        .leaf("td", "n", bytes(units, line.returned()))
        .leaf("td", "n", line.halfLife().map(time -> Time.about(time.toMillis() / 1e3)).orElse("-"))
        .leaf("td", "n", line.steady().map(rate -> bytes(units, rate.estimate())).orElse("-"))
        .leaf("td", line.steady().map(rate -> line.basis() == Basis.MEASURED
            ? "measured"
            : bytes(units, rate.low()) + " to " + bytes(units, rate.high())).orElse("cannot tell"))
        .close().newLine();
  }

  private static String bytes(Units units, double bytes) {
    return units.format(Math.round(bytes));
  }
}
