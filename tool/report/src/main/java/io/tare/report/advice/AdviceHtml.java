package io.tare.report.advice;

import io.tare.model.history.Advice;
import io.tare.model.history.Checklist;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.JsonWriter;
import io.tare.report.look.TextOptions;
import java.util.List;
import java.util.stream.Collectors;

/** Sizes and the list for production, as a page. */
public final class AdviceHtml {
  private AdviceHtml() {}

  public static String render(Advice advice, TextOptions options) {
    HtmlPage page = HtmlPage.plain("Sizes for " + advice.target());
    Html html = page.begin();
    HtmlPage.head(html, new Head("names sizes", advice.target(), List.of(), advice.refusals().isEmpty()
        ? "From " + advice.lasted().toSeconds() + " s under load."
        : "What was recorded does not carry sizes."));
    list(html, "No sizes", advice.refusals());
    if (!advice.settings().isEmpty()) {
      html.open("section").leaf("h2", "Sizes").wideTable("Sizes", List.of("What", "Size", "Option", "Stands on"));
      advice.settings().forEach(setting -> html.open("tr").leaf("td", setting.title())
          .leaf("td", "n", options.units().format(setting.bytes())).leaf("td", setting.option())
          .leaf("td", setting.basis() + setting.readings().stream()
              .map(reading -> "; " + reading.what() + " " + reading.value()).collect(Collectors.joining()))
          .close().newLine());
      html.endWideTable().close().newLine();
    }
    list(html, "What they do not cover", advice.risks());
    Fragments.of(advice).forEach(fragment -> html.open("section").leaf("h2", fragment.title()).open("pre")
        .leaf("code", fragment.text()).close().close().newLine());
    return page.end(html.close().newLine());
  }

  private static void list(Html html, String title, List<String> sentences) {
    if (!sentences.isEmpty()) {
      html.open("section").leaf("h2", title).open("ul");
      sentences.forEach(sentence -> html.leaf("li", sentence));
      html.close().close().newLine();
    }
  }

  public static String render(Checklist list) {
    HtmlPage page = HtmlPage.plain("Checklist of " + list.target());
    Html html = page.begin();
    HtmlPage.head(html, new Head("checks for production", list.target(), List.of(),
        list.hasFinding() ? "Something does not hold." : "Nothing was found that does not hold."));
    html.open("section").leaf("h2", "Checklist").wideTable("Checklist",
        List.of("Answer", "What should hold", "Reading", "Next"));
    list.items().forEach(item -> html.open("tr").leaf("td", JsonWriter.word(item.answer()).replace('-', ' '))
        .leaf("td", item.claim()).leaf("td", item.reading()).leaf("td", item.next()).close().newLine());
    html.endWideTable().close().newLine();
    return page.end(html.close().newLine());
  }
}
