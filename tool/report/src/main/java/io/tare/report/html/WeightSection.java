package io.tare.report.html;

import io.tare.model.ledger.Kind;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Net;
import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import io.tare.report.view.Headline;
import io.tare.report.words.Share;
import io.tare.report.words.Units;
import io.tare.report.words.When;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who was weighed, the answer in a sentence, gross = net + tare as a bar, and what these words mean. */
final class WeightSection {
  private final Html html;
  private final Report report;
  private final Units units;

  WeightSection(Html html, Report report, Units units) {
    this.html = html;
    this.report = report;
    this.units = units;
  }

  void write() {
    ReportTarget target = report.target();
    html.open("header").open("p", "class", "brand").leaf("b", "Tare").text(" weighs a running process").close();
    html.leaf("h1", target.name()).leaf("p", "facts", facts(target));
    if (!target.flags().isBlank()) {
      html.open("p", "class", "flags").leaf("code", target.flags()).close();
    }
    html.leaf("p", "sentence", Headline.of(report)).close().newLine();
    html.open("section", "class", "weight");
    numbers();
    report.net().ifPresent(net -> netBar(net));
    report.ledger().ifPresent(this::kindBar);
    glossary();
    html.close().newLine();
  }

  private String facts(ReportTarget target) {
    String runtime = Stream.of(target.runtime(), target.version()).filter(s -> !s.isBlank())
        .collect(Collectors.joining(" "));
    return Stream.of("pid " + target.pid(), runtime, target.collector(), When.utc(report.takenAt()))
        .filter(s -> !s.isBlank()).collect(Collectors.joining(" · "));
  }

  private void numbers() {
    html.open("p", "class", "equation");
    number("gross", units.format(report.scales().rssBytes()));
    if (report.net().isPresent()) {
      boolean exact = report.net().get().exact();
      html.leaf("span", "sign", "=");
      number("net", (exact ? "" : "≤ ") + units.format(report.net().get().bytes()));
      html.leaf("span", "sign", "+");
      number("tare", (exact ? "" : "≥ ") + units.format(report.tareBytes().orElse(0)));
    }
    html.close().newLine();
    report.net().ifPresent(net -> html.leaf("p", "basis", "Net: " + net.basis() + "."));
    if (report.net().isEmpty()) {
      html.leaf("p", "basis", "Net and tare are not known from this reading.");
    }
  }

  private void number(String name, String value) {
    html.open("span", "class", "number " + name).leaf("b", value).leaf("small", name).close();
  }

  private void netBar(Net net) {
    double share = Share.of(net.bytes(), report.scales().rssBytes());
    html.open("div", "class", "bar split", "role", "img", "aria-label",
        "net " + units.format(net.bytes()) + " of gross " + units.format(report.scales().rssBytes()));
    html.open("span", "class", "net", "style", Css.width(share)).leaf("i", share > 0.08 ? "net" : "").close();
    html.open("span", "class", "rest", "style", Css.width(1 - share)).leaf("i", share < 0.92 ? "tare" : "").close();
    html.close().newLine();
  }

  private void kindBar(Ledger ledger) {
    html.open("div", "class", "bar kinds", "role", "img", "aria-label", "gross by kind");
    for (Kind kind : Kind.values()) {
      if (bytes(ledger, kind) > 0) {
        html.open("span", "class", Css.kind(kind), "style", Css.width(share(ledger, kind)), "title",
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
    html.open("li").open("span", "class", "swatch " + Css.kind(kind)).close().leaf("b", kind.label())
        .text(
            " " + units.format(bytes(ledger, kind)) + ", " + Share.percent(bytes(ledger, kind), ledger.residentBytes()))
        .leaf("small", kind.words()).close();
  }

  private String words(Ledger ledger, Kind kind) {
    return kind.label() + " " + units.format(bytes(ledger, kind)) + ": " + kind.words();
  }

  private static long bytes(Ledger ledger, Kind kind) {
    return kind == Kind.UNEXPLAINED ? ledger.unexplainedBytes() : ledger.bytes(kind);
  }

  private static double share(Ledger ledger, Kind kind) {
    return Share.of(bytes(ledger, kind), ledger.residentBytes());
  }

  private void glossary() {
    html.open("p", "class", "glossary").leaf("b", "Gross")
        .text(" is what the process weighs: the memory it has resident (RSS). ")
        .leaf("b", "Net").text(" is what the program itself put there and still uses. ").leaf("b", "Tare")
        .text(" is all the rest: garbage, reserve, the runtime's machinery, mapped files, what allocators keep.")
        .close();
  }
}
