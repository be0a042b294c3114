package io.tare.report.trial;

import io.tare.model.trial.Growth;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import java.util.List;

/** How figures grow with the input, as a page: a table a figure. */
public final class GrowthHtml {
  private GrowthHtml() {}

  public static String render(List<String> command, List<Growth> growths, List<String> notes, TextOptions options) {
    String title = String.join(" ", command);
    HtmlPage page = HtmlPage.plain("Growth of " + title);
    Html html = page.begin();
    HtmlPage.head(html, new Head("sees how figures grow with the input", title, List.of(), growths.isEmpty()
        ? ""
        : growths.getFirst().name() + " is " + GrowthText.sentence(growths.getFirst(), options.units()) + "."));
    growths.forEach(growth -> growth(html, growth, options.units()));
    if (!notes.isEmpty()) {
      html.open("section").leaf("h2", "What else is to be said").open("ul");
      notes.forEach(note -> html.leaf("li", note));
      html.close().close().newLine();
    }
    return page.end(html.close().newLine());
  }

  private static void growth(Html html, Growth growth, Units units) {
    html.open("section").leaf("h2", growth.name()).leaf("p", GrowthText.sentence(growth, units) + ".");
    html.wideTable(growth.name(), List.of("Items", "Value", "How it is known", "Between"));
    growth.observed().forEach(one -> row(html, one.items(), level(growth, one.value(), units), "measured", ""));
    growth.projections().forEach(one -> row(html, one.items(), level(growth, one.value(), units), "expected",
        level(growth, one.least(), units) + " and " + level(growth, one.most(), units)));
    growth.capacity().ifPresent(one -> row(html, one.items(), level(growth, one.limit(), units), "the limit is met",
        GrowthText.items(one.least()) + " and " + GrowthText.items(one.most()) + " items"));
    html.endWideTable().close().newLine();
  }

  private static void row(Html html, double items, String value, String how, String between) {
    html.open("tr").leaf("td", "n", GrowthText.items(items)).leaf("td", "n", value).leaf("td", how)
        .leaf("td", between).close().newLine();
  }

  private static String level(Growth growth, double value, Units units) {
    return TrialWords.level(value, growth.unit(), units);
  }
}
