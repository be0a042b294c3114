package io.tare.report.ledger;

import io.tare.model.ledger.Kind;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Net;
import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.look.Units;
import java.util.Arrays;
import java.util.List;

/**
 * A report as one self-contained page: no request leaves it, and without scripts everything but sorting works. It begins with who
 * was weighed, the answer in a sentence, gross = net + tare as a bar, and what these words mean.
 */
public final class LedgerHtml {
  private static final double LABEL_FROM = 0.15;

  private final Html html;
  private final Report report;
  private final Units units;

  private LedgerHtml(Html html, Report report, Units units) {
    this.html = html;
    this.report = report;
    this.units = units;
  }

  public static String render(Report report, TextOptions options) {
    HtmlPage page = new HtmlPage(report.target().name() + " (pid " + report.target().pid() + "), "
        + Time.utc(report.takenAt()), "", HtmlPage.resource(LedgerHtml.class, "ledger.js"),
        List.of("color-scheme", "light dark", "referrer", "no-referrer"));
    Html html = page.begin();
    LedgerHtml parts = new LedgerHtml(html, report, options.units());
    parts.heading();
    report.ledger().ifPresent(ledger -> {
      new MapHtml(html, ledger, options.units()).write();
      new AccountsHtml(html, ledger, options).write();
    });
    if (!report.target().isCore()) {
      new ScalesHtml(html, report.scales(), options.units()).write();
    }
    VerdictsHtml.write(html, report, options.units());
    new LongListsHtml(html, options).write(report);
    parts.closing();
    return page.end(html.close().newLine());
  }

  /** The class of what has the colour of that kind. */
  static String kind(Kind kind) {
    return "k-" + kind.label();
  }

  private void heading() {
    ReportTarget target = report.target();
    html.open("header").open("p", "class", "brand").leaf("b", "Tare").text(" weighs a running process").close();
    html.leaf("h1", target.name()).leaf("p", "facts", String.join(" · ", Headline.facts(report)));
    if (!target.flags().isBlank()) {
      html.open("p", "class", "flags").leaf("code", target.flags()).close();
    }
    report.unread().ifPresent(unread -> html.open("p", "class", "danger", "role", "alert").leaf("b", unread.sentence())
        .text(" " + unread.unlock()).close());
    html.leaf("p", "sentence", Headline.of(report)).close().newLine();
    html.open("section", "class", "weight");
    numbers();
    report.net().ifPresent(net -> netBar(net));
    report.ledger().ifPresent(this::kindBar);
    glossary();
    html.close().newLine();
  }

  private void numbers() {
    html.open("p", "class", "equation");
    number("gross", "", units.format(report.scales().rssBytes()));
    report.net().ifPresent(net -> {
      long gross = report.scales().rssBytes();
      number("net", "=", units.format(net.bytes()));
      number("tare", "+", units.formatRest(net.bytes(), gross));
    });
    html.close().newLine();
    report.net().ifPresent(net -> html.leaf("p", "basis", "Net: " + net.basis() + "."));
    if (report.net().isEmpty()) {
      html.leaf("p", "basis", "Net and tare are not known from this reading.");
    }
  }

  private void number(String name, String sign, String value) {
    html.open("span", "class", "term").leaf("span", "sign", sign).open("span", "class", "number " + name)
        .leaf("b", value).leaf("small", name).close().close();
  }

  private void netBar(Net net) {
    double least = Count.share(net.bytes().leastBytes(), report.scales().rssBytes());
    double most = Count.share(net.bytes().mostBytes(), report.scales().rssBytes());
    html.open("div", "class", "bar split", "role", "img", "aria-label",
        "net " + units.format(net.bytes()) + " of gross " + units.format(report.scales().rssBytes()));
    part("net", least, "net");
    part("open", most - least, "net or tare");
    part("rest", 1 - most, "tare");
    html.close().newLine();
  }

  private void part(String cssClass, double share, String label) {
    if (share > 0) {
      html.open("span", "class", cssClass, "style", Html.width(share)).leaf("i", share > LABEL_FROM ? label : "")
          .close();
    }
  }

  private void kindBar(Ledger ledger) {
    html.open("div", "class", "bar kinds", "role", "img", "aria-label", "gross by kind");
    for (Kind kind : Kind.values()) {
      if (bytes(ledger, kind) > 0) {
        html.open("span", "class", kind(kind), "style", Html.width(share(ledger, kind)), "title",
            words(ledger, kind))
            .close();
      }
    }
    html.close().newLine().open("ul", "class", "legend");
    Arrays.stream(Kind.values()).filter(kind -> bytes(ledger, kind) > 0 || kind == Kind.UNEXPLAINED)
        .forEach(kind -> legend(ledger, kind));
    html.close().newLine();
  }

  private void legend(Ledger ledger, Kind kind) {
    html.open("li").open("span", "class", "swatch " + kind(kind)).close().leaf("b", kind.label())
        .text(
            " " + units.format(bytes(ledger, kind)) + ", " + Count.percent(bytes(ledger, kind), ledger.residentBytes()))
        .leaf("small", kind.words()).close();
  }

  private String words(Ledger ledger, Kind kind) {
    return kind.label() + " " + units.format(bytes(ledger, kind)) + ": " + kind.words();
  }

  private static long bytes(Ledger ledger, Kind kind) {
    return kind == Kind.UNEXPLAINED ? ledger.unexplainedBytes() : ledger.bytes(kind);
  }

  private static double share(Ledger ledger, Kind kind) {
    return Count.share(bytes(ledger, kind), ledger.residentBytes());
  }

  private void glossary() {
    html.open("p", "class", "glossary").leaf("b", "Gross")
        .text(report.target().isCore()
            ? " is what the core file holds of the process. "
            : " is what the process weighs: the memory it has resident (RSS). ")
        .leaf("b", "Net").text(" is what the program itself put there and still uses. ").leaf("b", "Tare")
        .text(" is all the rest: garbage, reserve, the runtime's machinery, mapped files, what allocators keep.")
        .close();
  }

  /** What is missing and how to unlock it, what could not be read, and what looking cost. */
  private void closing() {
    if (!report.notes().isEmpty()) {
      html.open("section").leaf("h2", "What is missing, and what would unlock it").open("ul");
      report.notes().forEach(note -> html.leaf("li", note));
      html.close().close().newLine();
    }
    if (!report.problems().isEmpty()) {
      html.open("section").leaf("h2", "What could not be read as it should be").open("ul");
      report.problems().forEach(problem -> html.open("li").leaf("code", problem.artifact())
          .text((problem.where().isBlank() ? "" : " (" + problem.where() + ")") + ": " + problem.message()).close());
      html.close().close().newLine();
    }
    html.open("footer").leaf("p", Headline.observer(report, units));
    html.leaf("p", "A single reading never proves a leak: a leak is growth of net over time.").close().newLine();
  }
}
