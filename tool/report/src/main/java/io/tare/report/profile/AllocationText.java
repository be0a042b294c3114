package io.tare.report.profile;

import io.tare.model.profile.AllocationReport;
import io.tare.model.profile.AllocationReport.Calls;
import io.tare.model.profile.AllocationReport.Listing;
import io.tare.model.profile.AllocationReport.SourceLine;
import io.tare.model.profile.GoroutineGroup;
import io.tare.model.profile.TopPlaces;
import io.tare.model.profile.TopPlaces.Place;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import java.util.Locale;

/** Who allocated it, as text: the heaviest places, then goroutines by where they wait. */
public final class AllocationText {
  private static final int FEW = 20;
  private static final int FEW_GOROUTINES = 12;
  private static final int VALUE = 10;
  private static final int SHARE = 8;

  private final Page page;
  private final AllocationReport report;

  private AllocationText(Page page, AllocationReport report) {
    this.page = page;
    this.report = report;
  }

  public static String render(AllocationReport report, TextOptions options) {
    AllocationText text = new AllocationText(new Page(options), report);
    text.page.line().add(report.census().isPresent() ? "whose memory it is: " : "who allocated it: ", Style.BOLD)
        .fit(text.page.width(), report.subject(), Style.BOLD);
    report.census().ifPresent(census -> CensusText.add(text.page, census, report.compared()));
    report.top().ifPresent(text::top);
    report.calls().forEach(calls -> text.calls(calls, report.top().orElseThrow()));
    report.listings().forEach(listing -> text.listing(listing, report.top().orElseThrow()));
    if (report.calls().isEmpty() && report.listings().isEmpty()) {
      text.goroutines();
    }
    report.problems().forEach(problem -> text.page.prose("! ", problem.message(), Style.YELLOW));
    return text.page.print();
  }

  private void top(TopPlaces top) {
    page.heading(words(top.type().name()), (report.compared() ? "change " : "") + value(top, top.total())
        + " in all, by " + top.by());
    if (report.calls().isEmpty() && report.listings().isEmpty()) {
      heading(top);
      page.shown(top.places(), FEW).forEach(place -> row(page.line(), place, top));
      rest(top.places().size(), FEW, "places");
    }
  }

  private void heading(TopPlaces top) {
    page.line().right(VALUE, "FLAT", Style.BOLD).right(VALUE + SHARE, "FLAT%", Style.BOLD)
        .right(2 * VALUE + SHARE, "CUM", Style.BOLD).right(2 * (VALUE + SHARE), "CUM%", Style.BOLD).add("  ")
        .add(top.by().toUpperCase(Locale.ROOT), Style.BOLD);
  }

  private void row(Line line, Place place, TopPlaces top) {
    line.right(VALUE, value(top, place.flat()), Style.PLAIN).right(VALUE + SHARE, share(top, place.flat()), Style.FAINT)
        .right(2 * VALUE + SHARE, value(top, place.cumulative()), Style.PLAIN)
        .right(2 * (VALUE + SHARE), share(top, place.cumulative()), Style.FAINT).add("  ")
        .fit(page.width(), place.name(), Style.PLAIN);
  }

  private void calls(Calls calls, TopPlaces top) {
    page.blank();
    calls.callers().forEach(caller -> edge(caller, top));
    row(page.line(), calls.place(), top);
    calls.callees().forEach(callee -> edge(callee, top));
  }

  private void edge(Place other, TopPlaces top) {
    page.line().right(2 * VALUE + SHARE, value(top, other.cumulative()), Style.FAINT)
        .right(2 * (VALUE + SHARE), share(top, other.cumulative()), Style.FAINT).add("    ")
        .fit(page.width(), other.name(), Style.FAINT);
  }

  private void listing(Listing listing, TopPlaces top) {
    page.blank();
    page.line().fit(page.width(), listing.place().name() + (listing.file().isEmpty() ? "" : "  " + listing.file()),
        Style.BOLD);
    for (SourceLine source : listing.lines()) {
      page.line().right(VALUE, source.flat() == 0 ? "." : value(top, source.flat()), Style.PLAIN)
          .right(2 * VALUE, source.cumulative() == 0 ? "." : value(top, source.cumulative()), Style.PLAIN)
          .right(3 * VALUE, Long.toString(source.number()), Style.FAINT).add("  ")
          .fit(page.width(), source.text(), source.cumulative() == 0 ? Style.FAINT : Style.PLAIN);
    }
    if (!listing.hasSource()) {
      page.line().to(2).add("its text is not at hand; --source DIR says where it is", Style.FAINT);
    }
  }

  private void goroutines() {
    long own = report.goroutines().stream().filter(group -> !group.isRuntimes()).mapToLong(GoroutineGroup::count).sum();
    long runtimes = report.goroutines().stream().filter(GoroutineGroup::isRuntimes).mapToLong(GoroutineGroup::count)
        .sum();
    if (own + runtimes == 0) {
      return;
    }
    page.heading("goroutines", own + " of the program, " + runtimes + " of the runtime");
    var groups = report.goroutines().stream().filter(group -> !group.isRuntimes()).toList();
    for (GoroutineGroup group : page.shown(groups, FEW_GOROUTINES)) {
      page.line().right(VALUE, Long.toString(group.count()), Style.PLAIN).add("  ").fit(page.width(),
          group.function() + "  " + group.state() + (group.reason().isEmpty() ? "" : ": " + group.reason())
              + (group.creator().isEmpty() ? "" : ", made by " + group.creator()),
          Style.PLAIN);
    }
    rest(groups.size(), FEW_GOROUTINES, "groups");
  }

  private void rest(int all, int few, String what) {
    if (all > few && !page.showsAll()) {
      page.line().to(2).add((all - few) + " more " + what + "; --all shows them", Style.FAINT);
    }
  }

  static String words(String type) {
    return switch (type) {
      case "inuse_space" -> "heap in use";
      case "inuse_objects" -> "objects in use";
      case "alloc_space" -> "allocated since the start";
      case "alloc_objects" -> "objects allocated since the start";
      default -> type;
    };
  }

  private String value(TopPlaces top, long value) {
    return value(top, value, report.compared(), page.units());
  }

  static String value(TopPlaces top, long value, boolean compared, Units units) {
    return top.type().unit().equals("bytes")
        ? compared ? units.formatSigned(value) : units.format(value)
        : (compared && value > 0 ? "+" : "") + Count.grouped(value);
  }

  static String share(TopPlaces top, long value) {
    return top.total() == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * value / top.total());
  }
}
