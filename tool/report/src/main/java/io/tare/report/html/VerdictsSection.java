package io.tare.report.html;

import io.tare.model.report.Figure;
import io.tare.model.report.Report;
import io.tare.model.report.Verdict;
import io.tare.report.view.Headline;
import io.tare.report.words.Count;
import java.util.List;
import java.util.Locale;

/** What applies, strongest first; what can't be told; what was checked and does not apply. */
final class VerdictsSection {
  private VerdictsSection() {}

  static void write(Html html, Report report) {
    if (report.verdicts().isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "Verdicts").open("div", "class", "cards");
    Headline.yes(report).forEach(yes -> {
      begin(html, "yes", yes, "yes, " + yes.strength().name().toLowerCase(Locale.ROOT) + " confidence");
      readings(html, yes.readings());
    });
    Headline.cannotTell(report).forEach(open -> {
      begin(html, "open", open, "cannot tell");
      html.open("p", "class", "needs").leaf("b", "Needs: ").text(open.missing()).close();
      readings(html, open.readings());
    });
    html.close();
    no(html, Headline.no(report));
    html.close().newLine();
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
}
