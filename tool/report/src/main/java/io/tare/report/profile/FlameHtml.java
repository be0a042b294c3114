package io.tare.report.profile;

import io.tare.model.profile.Profile;
import io.tare.report.look.Clean;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.Units;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A flame graph within a page: its stacks as names and numbers, which the page's script draws, finds and zooms. The outermost function is
 * above, what it calls below it.
 */
final class FlameHtml {
  /** More can't be seen, and make a page slow. */
  private static final int MOST_FRAMES = 20_000;

  private FlameHtml() {}

  static String style() {
    return HtmlPage.resource(FlameHtml.class, "flame.css");
  }

  static String script() {
    return HtmlPage.resource(FlameHtml.class, "flame.js");
  }

  /** @param type which of the profile's values */
  static void section(Html html, Profile profile, int type, boolean compared, Units units) {
    FlameTree tree = FlameTree.of(profile, type);
    if (tree.width() == 0) {
      return;
    }
    List<FlameTree> frames = tree.widest(MOST_FRAMES);
    String unit = profile.types().get(type).unit();
    html.open("section").leaf("h2", "Flame graph").leaf("p", "hint",
        "Callers above, what they call below. A click or Enter zooms, Escape leads back, arrow keys walk."
            + (compared ? " As wide as what moved; orange grew, green shrank." : "")
            + (frames.size() < tree.size()
                ? " The " + Count.grouped(frames.size()) + " widest of " + Count.grouped(tree.size()) + " are drawn."
                : ""));
    html.open("div", "id", "flames", "data-bytes", unit.equals("bytes") ? "yes" : "no", "data-unit", unit,
        "data-base", units == Units.SI ? "1000" : "1024", "data-compared", compared ? "yes" : "no");
    html.leaf("noscript", "A browser that runs the page's script draws it here; the table below needs none.");
    html.close().newLine();
    Map<String, Integer> names = new LinkedHashMap<>();
    StringBuilder numbers = new StringBuilder();
    for (FlameTree frame : frames) {
      int name = names.computeIfAbsent(frame.function, _ -> names.size());
      numbers.append(frame.depth).append(' ').append(name).append(' ').append(frame.value()).append(' ')
          .append(frame.width()).append(' ');
    }
    // One text rather than an element a name: a page of 20,000 elements is slow to read aloud and to check.
    html.open("p", "id", "flame-names", "hidden", "").text(names.keySet().stream()
        .map(name -> Clean.line(name).replace("%", "%25").replace("+", "%2B").replace(" ", "%20"))
        .collect(Collectors.joining(" ")))
        .close().newLine().open("p", "id", "flame-frames", "hidden", "").text(numbers.toString()).close();
    html.close().newLine();
  }
}
