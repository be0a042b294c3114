package io.tare.report.ledger;

import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Report;
import io.tare.model.report.Verdict;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.Units;
import java.util.List;
import java.util.Locale;

/**
 * What applies, strongest first; what can't be told; what was checked and does not apply. Then what to do, the bytes that it should
 * return, and its price.
 */
final class VerdictsHtml {
  private VerdictsHtml() {}

  static void write(Html html, Report report, Units units) {
    if (!report.verdicts().isEmpty()) {
      verdicts(html, report);
    }
    if (!report.remedies().isEmpty()) {
      remedies(html, report.remedies(), units);
    }
  }

  private static void verdicts(Html html, Report report) {
    html.open("section").leaf("h2", "Verdicts").open("div", "class", "cards");
    Headline.open(report).forEach(verdict -> open(html, verdict));
    html.close();
    no(html, Headline.no(report));
    html.close().newLine();
  }

  private static void open(Html html, Verdict verdict) {
    if (verdict instanceof Verdict.Yes yes) {
      begin(html, "yes", yes, "yes, " + yes.strength().name().toLowerCase(Locale.ROOT) + " confidence");
      readings(html, yes.readings());
    } else if (verdict instanceof Verdict.CannotTell open) {
      begin(html, "open", open, "cannot tell");
      html.open("p", "class", "needs").leaf("b", "Needs: ").text(open.missing()).close();
      readings(html, open.readings());
    }
  }

  private static void begin(Html html, String cssClass, Verdict verdict, String answer) {
    html.open("article", "class", "card " + cssClass).open("h3").text(verdict.rule()).leaf("small", answer).close()
        .leaf("p", verdict.summary());
  }

  private static void readings(Html html, List<Figure> readings) {
    if (!readings.isEmpty()) {
      html.open("dl", "class", "readings");
      readings.forEach(reading -> html.open("div").leaf("dt", reading.what()).leaf("dd", reading.value()).close());
      html.close();
    }
    html.close().newLine();
  }

  private static void no(Html html, List<Verdict.No> no) {
    if (no.isEmpty()) {
      return;
    }
    html.open("details", "class", "plain").leaf("summary", "Checked, does not apply: " + Count.of(no.size(), "rule"));
    html.open("ul");
    no.forEach(verdict -> html.open("li").leaf("b", verdict.rule()).text(": " + verdict.summary()).close());
    html.close().close();
  }

  private static void remedies(Html html, List<Remedy> remedies, Units units) {
    html.open("section").leaf("h2", "Remedies");
    html.leaf("p", "hint", "Biggest return first. What comes back is an estimate until it was tried.");
    html.open("ol", "class", "remedies");
    for (Alternative alternative : Alternative.of(remedies)) {
      Remedy remedy = alternative.remedy();
      html.open("li").open("span", "class", "returns");
      html.leaf("b",
          remedy.expectedBytes().isPresent() ? "≈ " + units.format(remedy.expectedBytes().getAsLong()) : "?");
      html.leaf("small", remedy.expectedBytes().isPresent() ? "should come back" : "not known beforehand").close();
      html.open("div").leaf("b", remedy.action());
      if (!remedy.how().isBlank()) {
        html.open("pre").leaf("code", remedy.how()).close();
      }
      if (alternative.to() > 0) {
        html.leaf("p", "price", "Or " + alternative.words() + ".");
      }
      if (!alternative.experience().isEmpty()) {
        html.leaf("p", "price", alternative.experience());
      }
      if (!remedy.price().isBlank()) {
        html.leaf("p", "price", "Price: " + remedy.price());
      }
      html.close().close().newLine();
    }
    html.close().close().newLine();
  }
}
