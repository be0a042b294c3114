package io.tare.report.trial;

import io.tare.model.trial.Growth;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import java.util.List;
import java.util.Locale;

/** How figures grow with the input, for a terminal: a paragraph a figure. */
public final class GrowthText {
  private final Page page;

  private GrowthText(TextOptions options) {
    page = new Page(options);
  }

  public static String render(List<String> command, List<Growth> growths, List<String> notes, TextOptions options) {
    GrowthText text = new GrowthText(options);
    text.page.line().fit(text.page.width(), String.join(" ", command), Style.BOLD);
    growths.forEach(text::growth);
    text.page.blank();
    notes.forEach(note -> text.page.prose("note: ", note, Style.FAINT));
    return text.page.print();
  }

  private void growth(Growth growth) {
    page.heading(growth.name(), sentence(growth, page.units()));
    growth.observed().forEach(one -> page.line().right(14, items(one.items()), Style.PLAIN)
        .right(28, level(growth, one.value()), Style.PLAIN).add("  measured", Style.FAINT));
    growth.projections().forEach(one -> page.line().right(14, items(one.items()), Style.BOLD)
        .right(28, level(growth, one.value()), Style.BOLD)
        .add("  expected, between " + level(growth, one.least()) + " and "
            + level(growth, one.most())));
    growth.capacity().ifPresent(one -> page.line().right(14, items(one.items()), Style.BOLD)
        .right(28, level(growth, one.limit()), Style.BOLD).add("  is the limit: between " + items(one.least()) + " and "
            + items(one.most()) + " items fit"));
  }

  public static String sentence(Growth growth, Units units) {
    String off = String.format(Locale.ROOT, "; sizes lie %.1f %% off at most", 100 * growth.error());
    return switch (growth.shape()) {
      case CONSTANT -> "constant: " + TrialWords.level(growth.fixed(), growth.unit(), units) + " at every size";
      case LINEAR ->
        "linear: " + TrialWords.level(growth.fixed(), growth.unit(), units) + " and " + each(growth) + " an item" + off;
      case LINEARITHMIC -> "grows as n log n" + upTo(growth) + off;
      case QUADRATIC -> "grows as n\u00b2" + upTo(growth) + off;
      case UNKNOWN -> "no simple curve holds these sizes" + upTo(growth) + off;
    };
  }

  private static String upTo(Growth growth) {
    return growth.linearUpTo().isPresent()
        ? ", not linear from " + items(growth.linearUpTo().getAsDouble()) + " on"
        : "";
  }

  /** {@code 148 bytes}, {@code 1.2 µs}: what one item adds is small. */
  private static String each(Growth growth) {
    return switch (growth.unit()) {
      case BYTES -> String.format(Locale.ROOT, growth.each() < 10 ? "%.2f bytes" : "%.0f bytes", growth.each());
      case SECONDS -> String.format(Locale.ROOT, "%.2f \u00b5s", 1e6 * growth.each());
      case PER_SECOND -> String.format(Locale.ROOT, "%.4f/s", growth.each());
    };
  }

  static String items(double items) {
    return Count.grouped(Math.round(items));
  }

  private String level(Growth growth, double value) {
    return TrialWords.level(value, growth.unit(), page.units());
  }
}
