package io.tare.report.profile;

import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Live;
import io.tare.model.profile.TypeCensus.Truth;
import io.tare.model.profile.TypeCensus.TypeCount;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.Units;
import java.util.Locale;

/** The heaviest types of a heap, how far the counts can be trusted, and what counting cost. */
final class CensusText {
  private static final int FEW = 20;
  private static final int BYTES = 10;
  private static final int SHARE = 9;
  private static final int OBJECTS = 13;
  private static final int MILLIS = 1000;

  private CensusText() {}

  static String name(TypeCount type) {
    return type.module().isEmpty() || type.module().equals("builtins")
        ? type.name()
        : type.module() + "." + type.name();
  }

  static void add(Page page, TypeCensus census, boolean compared) {
    page.heading("objects by " + kind(census), (compared ? "change " : "") + bytes(page, census.bytes(), compared)
        + " in " + census.objects() + " objects, " + which(census));
    page.line().right(BYTES, "BYTES", Style.BOLD).right(BYTES + SHARE, compared ? "" : "BYTES%", Style.BOLD)
        .right(BYTES + SHARE + OBJECTS, "OBJECTS", Style.BOLD).add("  ")
        .add(kind(census).toUpperCase(Locale.ROOT), Style.BOLD);
    for (TypeCount type : page.shown(census.types(), FEW)) {
      page.line().right(BYTES, bytes(page, type.bytes(), compared), Style.PLAIN)
          .right(BYTES + SHARE, compared ? "" : share(type, census), Style.FAINT)
          .right(BYTES + SHARE + OBJECTS, (compared && type.objects() > 0 ? "+" : "") + type.objects(), Style.PLAIN)
          .add("  ").fit(page.width(), name(type),
              Style.PLAIN);
    }
    if (census.types().size() > FEW && !page.showsAll()) {
      page.line().to(2).add((census.types().size() - FEW) + " more; --all shows them", Style.FAINT);
    }
    page.blank();
    page.prose("  ", truth(census) + " " + cost(census, page.units()), Style.FAINT);
  }

  static String kind(TypeCensus census) {
    return census.runtime().equals("hotspot") ? "class" : "type";
  }

  /** Which objects were counted. */
  static String which(TypeCensus census) {
    return census.live().isPresent() ? "those that are reached" : "also those that nobody needs any more";
  }

  static String truth(TypeCensus census) {
    return census.live().map(live -> reached(census, live)).orElseGet(() -> counted(census));
  }

  private static String reached(TypeCensus census, Live live) {
    return (census.truth() == Truth.CONSISTENT
        ? "So much lives at least: it was followed from static fields, threads and their stacks."
        : "Collections came faster than references could be followed, or the time was over: more lives than this.")
        + String.format(Locale.ROOT, " %s of it lies in the old generation, which holds %s.",
            Units.BINARY.format(live.oldBytes()), Units.BINARY.format(live.oldUsedBytes()))
        + (live.unreadStacks() > 0
            ? " The stacks of " + live.unreadStacks()
                + " running threads were not read, and what only they hold is missing."
            : "");
  }

  private static String counted(TypeCensus census) {
    String moment = switch (census.truth()) {
      case CONSISTENT -> "The counts belong to one moment.";
      case APPROXIMATE ->
        "The program ran on while its objects were counted: the counts are about right, and belong to no one moment.";
      case TORN ->
        "What was counted changed faster than the counting: the counts are torn, part of them of before and part of after."
            + " Try again, of a JVM with --sample 1/8.";
    };
    String sample = census.oneIn() == 1
        ? ""
        : " One region in " + census.oneIn()
            + " was counted and stands for the others: expect a few per cent of error.";
    return moment + sample;
  }

  static String cost(TypeCensus census, Units units) {
    return String.format(Locale.ROOT,
        "Counting took %.2f s and read %s; the process was not stopped, and noticed nothing.",
        (double) census.cost().wallMillis() / MILLIS, units.format(census.cost().bytesRead()))
        + (census.unparsedBytes() > 0 ? " " + units.format(census.unparsedBytes()) + " could not be told apart." : "");
  }

  private static String bytes(Page page, long bytes, boolean compared) {
    return compared ? page.units().formatSigned(bytes) : page.bytes(bytes);
  }

  static String share(TypeCount type, TypeCensus census) {
    return census.bytes() == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * type.bytes() / census.bytes());
  }
}
