package io.tare.report.profile;

import io.tare.model.profile.AllocationReport;
import io.tare.model.profile.AllocationReport.Calls;
import io.tare.model.profile.AllocationReport.Listing;
import io.tare.model.profile.GoroutineGroup;
import io.tare.model.profile.Profile;
import io.tare.model.profile.TopPlaces;
import io.tare.model.profile.TopPlaces.Place;
import io.tare.model.profile.TypeCensus;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Who allocated it, as a page: the places with what they hold, who calls whom, goroutines by where they wait. */
public final class AllocationHtml {
  private static final int MOST_PLACES = 2000;

  private final Html html;
  private final AllocationReport report;
  private final Units units;

  private AllocationHtml(Html html, AllocationReport report, Units units) {
    this.html = html;
    this.report = report;
    this.units = units;
  }

  public static String render(AllocationReport report, TextOptions options) {
    return render(HtmlPage.plain(title(report)), report, options, _ -> {});
  }

  /**
   * The same page with the flame graph of these stacks.
   *
   * @param type which of the profile's values
   */
  public static String withFlames(AllocationReport report, Profile stacks, int type, TextOptions options) {
    HtmlPage page = new HtmlPage(title(report), FlameHtml.style(), FlameHtml.script(), HtmlPage.LIGHT_AND_DARK);
    return render(page, report, options,
        html -> FlameHtml.section(html, stacks, type, report.compared(), options.units()));
  }

  private static String title(AllocationReport report) {
    return "Who allocated it: " + report.subject();
  }

  private static String render(HtmlPage page, AllocationReport report, TextOptions options, Consumer<Html> flames) {
    Html html = page.begin();
    AllocationHtml parts = new AllocationHtml(html, report, options.units());
    HtmlPage.head(html, new Head("says who allocated it", report.subject(),
        List.of(report.top().map(top -> AllocationText.words(top.type().name()) + ", by " + top.by()).orElse("")),
        report.top().map(parts::sentence).or(() -> report.census().map(parts::sentence)).orElse("")));
    flames.accept(html);
    report.census().ifPresent(parts::census);
    report.top().ifPresent(parts::places);
    report.calls().forEach(calls -> parts.calls(calls, report.top().orElseThrow()));
    report.listings().forEach(listing -> parts.listing(listing, report.top().orElseThrow()));
    parts.goroutines();
    parts.problems();
    return page.end(html.close().newLine());
  }

  private String sentence(TopPlaces top) {
    String all = (report.compared() ? "A change of " : "") + value(top, top.total()) + " in all";
    return top.places().isEmpty()
        ? all + "."
        : all + "; " + top.places().getFirst().name() + " has "
            + AllocationText.share(top, top.places().getFirst().flat()) + " itself.";
  }

  private String sentence(TypeCensus census) {
    return (report.compared() ? "A change of " : "") + bytes(census.bytes()) + " in "
        + Count.grouped(census.objects()) + " objects, " + CensusText.which(census) + ".";
  }

  private void census(TypeCensus census) {
    html.open("section").leaf("h2", "Objects by " + CensusText.kind(census)).leaf("p", "hint",
        CensusText.truth(census) + " " + CensusText.cost(census, units));
    html.wideTable("objects", List.of("Name", "Bytes", "Share", "Objects"));
    census.types().stream().limit(MOST_PLACES).forEach(type -> html.open("tr").open("td", "class", "name")
        .leaf("code", CensusText.name(type)).close().leaf("td", "n", bytes(type.bytes()))
        .leaf("td", "n", report.compared() ? "" : CensusText.share(type, census))
        .leaf("td", "n", Count.grouped(type.objects())).close().newLine());
    html.endWideTable();
    if (census.types().size() > MOST_PLACES) {
      html.leaf("p", "hint", "and " + Count.grouped(census.types().size() - MOST_PLACES) + " smaller ones.");
    }
    html.close().newLine();
  }

  private String bytes(long bytes) {
    return report.compared() ? units.formatSigned(bytes) : units.format(bytes);
  }

  private void places(TopPlaces top) {
    if (top.places().isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "Places").leaf("p", "hint",
        "Itself: of the stacks that end there. With all it called: of the stacks that come through.");
    html.wideTable("places",
        List.of(top.by().substring(0, 1).toUpperCase(Locale.ROOT) + top.by().substring(1), "Itself",
            "Share", "With all it called", "Share of that"));
    top.places().stream().limit(MOST_PLACES).forEach(place -> place(place, top));
    html.endWideTable();
    if (top.places().size() > MOST_PLACES) {
      html.leaf("p", "hint", "and " + (top.places().size() - MOST_PLACES) + " smaller ones.");
    }
    html.close().newLine();
  }

  private void place(Place place, TopPlaces top) {
    html.open("tr").open("td", "class", "name").leaf("code", place.name()).close()
        .leaf("td", "n", value(top, place.flat())).leaf("td", "n", AllocationText.share(top, place.flat()))
        .leaf("td", "n", value(top, place.cumulative())).leaf("td", "n", AllocationText.share(top, place.cumulative()))
        .close().newLine();
  }

  private void calls(Calls calls, TopPlaces top) {
    html.open("section").leaf("h2", calls.place().name());
    html.wideTable("calls of " + calls.place().name(), List.of("Direction", "Function", "With all it called", "Share"));
    calls.callers().forEach(place -> edge("called by", place, top));
    calls.callees().forEach(place -> edge("calls", place, top));
    html.endWideTable().close().newLine();
  }

  private void edge(String direction, Place place, TopPlaces top) {
    html.open("tr").leaf("td", direction).open("td", "class", "name").leaf("code", place.name()).close()
        .leaf("td", "n", value(top, place.cumulative())).leaf("td", "n", AllocationText.share(top, place.cumulative()))
        .close().newLine();
  }

  private void listing(Listing listing, TopPlaces top) {
    html.open("section").leaf("h2", listing.place().name()).leaf("p", "hint", listing.file());
    html.wideTable("lines of " + listing.place().name(), List.of("Line", "Itself", "With all it called", "Text"));
    listing.lines().forEach(line -> html.open("tr").leaf("td", "n", Long.toString(line.number()))
        .leaf("td", "n", line.flat() == 0 ? "" : value(top, line.flat()))
        .leaf("td", "n", line.cumulative() == 0 ? "" : value(top, line.cumulative())).open("td", "class", "name")
        .leaf("code", line.text()).close().close().newLine());
    html.endWideTable().close().newLine();
  }

  private void goroutines() {
    List<GoroutineGroup> own = report.goroutines().stream().filter(group -> !group.isRuntimes()).toList();
    if (own.isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "Goroutines").wideTable("goroutines",
        List.of("Function", "Count", "State", "Waits for", "Made by"));
    own.forEach(group -> html.open("tr").open("td", "class", "name").leaf("code", group.function()).close()
        .leaf("td", "n", Long.toString(group.count())).leaf("td", group.state()).leaf("td", group.reason())
        .open("td", "class", "name").leaf("code", group.creator()).close().close().newLine());
    html.endWideTable().close().newLine();
  }

  private void problems() {
    if (!report.problems().isEmpty()) {
      html.open("section").leaf("h2", "What could not be read as it should be").open("ul");
      report.problems().forEach(problem -> html.leaf("li", problem.message()));
      html.close().close().newLine();
    }
  }

  private String value(TopPlaces top, long value) {
    return AllocationText.value(top, value, report.compared(), units);
  }
}
