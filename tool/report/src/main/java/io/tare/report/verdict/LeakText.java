package io.tare.report.verdict;

import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.LeakVerdict.Grower;
import io.tare.model.history.LeakVerdict.Rounds;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** The leak verdict for a terminal: the answer first, then what it rests on, account by account. */
public final class LeakText {
  private static final int ID = 22;
  private static final int FEW_GROWERS = 4;

  private final Page page;
  private final LeakVerdict verdict;

  private LeakText(Page page, LeakVerdict verdict) {
    this.page = page;
    this.verdict = verdict;
  }

  /** The verdict by itself. */
  public static String render(LeakVerdict verdict, TextOptions options) {
    Page page = new Page(options);
    page.line().fit(page.width(), verdict.target(), Style.BOLD);
    print(page, verdict);
    return page.print();
  }

  /** The verdict as a part of a page. */
  public static void print(Page page, LeakVerdict verdict) {
    new LeakText(page, verdict).print();
  }

  private void print() {
    page.heading("LEAK VERDICT", "does what the program itself uses grow without end?");
    Style style = verdict.answer() == Answer.LEAK
        ? Style.RED
        : verdict.answer() == Answer.NO_LEAK ? Style.GREEN : Style.YELLOW;
    page.prose(2, verdict.summary(), style);
    verdict.next().ifPresent(command -> page.prose("  next: ", command, Style.GREEN));
    double seconds = Duration.between(verdict.from(), verdict.to()).toMillis() / 1e3;
    if (seconds >= 1) {
      page.prose(2, "Judged over " + Time.about(seconds) + verdict.toLimit()
          .map(time -> "; at this rate the limit is met in " + Time.about(time.toMillis() / 1e3)).orElse("") + ".",
          Style.PLAIN);
    }
    verdict.rounds().ifPresent(this::rounds);
    courses("grows: a leak", Style.RED, SeriesVerdict::isLeak);
    growers();
    courses("open", Style.YELLOW, LeakText::isOpen);
    courses("grows, and is no leak", Style.PLAIN,
        course -> course.direction() == Direction.GROWING && course.charge() == LeakRole.TARE
            && !verdict.isBrought(course));
    courses("does not grow", Style.FAINT, course -> course.charge() != LeakRole.TARE
        && (course.direction() == Direction.STEADY || course.direction() == Direction.FALLING));
    if (page.showsAll()) {
      courses("moves, and is not the program's own", Style.FAINT,
          course -> course.charge() == LeakRole.TARE && course.direction() != Direction.GROWING);
    }
    verdict.notes().forEach(note -> page.prose(2, note, Style.FAINT));
  }

  private void growers() {
    if (verdict.growers().isEmpty()) {
      return;
    }
    page.line().add("  more from count to count, by " + verdict.growers().getFirst().kind().word(), Style.FAINT);
    for (Grower grower : page.shown(verdict.growers(), FEW_GROWERS)) {
      page.prose("    ", LeakWords.grower(grower, page.units()),
          grower.equals(verdict.growers().getFirst()) ? Style.BOLD : Style.PLAIN);
    }
  }

  private static boolean isOpen(SeriesVerdict course) {
    boolean unclear = course.charge() == LeakRole.UNCLEAR && course.direction() == Direction.GROWING;
    return unclear || (course.direction() == Direction.UNKNOWN && course.charge() != LeakRole.TARE);
  }

  private void courses(String title, Style style, Predicate<SeriesVerdict> wanted) {
    List<SeriesVerdict> courses = verdict.courses().stream().filter(wanted).toList();
    if (courses.isEmpty()) {
      return;
    }
    page.line().add("  " + title, Style.FAINT);
    for (SeriesVerdict course : courses) {
      String rate = course.direction() == Direction.GROWING
          ? course.perHour().map(r -> page.units().rate(r, course.unit()) + " per hour; ").orElse("")
          : "";
      String id = course.id();
      page.prose("    " + id + " ".repeat(Math.max(1, ID - id.length())), rate + course.words(),
          style == Style.RED ? Style.BOLD : style);
      verdict.broughtBy(course).forEach(this::brought);
    }
  }

  /** Below its cause: it goes when that goes. */
  private void brought(SeriesVerdict course) {
    page.prose("      " + course.id() + " ".repeat(Math.max(1, ID - 2 - course.id().length())),
        "comes with it: " + course.perHour().map(r -> page.units().rate(r, course.unit()) + " per hour; ").orElse("")
            + course.words(),
        Style.PLAIN);
  }

  private void rounds(Rounds rounds) {
    page.line().add("  rounds", Style.FAINT).add("  " + rounds.count() + " compared at the mark " + rounds.label()
        + "; the first one warms up and is not counted", Style.FAINT);
    for (Rounds.Remainder rest : rounds.remainders()) {
      boolean stays = rest.direction() == Direction.GROWING;
      String id = rest.id();
      String item = rest.perItem().filter(any -> stays && any > 0).map(each -> item(each, rest.unit())).orElse("");
      page.prose("    " + id + " ".repeat(Math.max(1, ID - id.length())),
          (stays ? "every round leaves " : "comes back: ")
              + page.units().level(rest.perRound().estimate(), rest.unit()) + " per round (between "
              + page.units().level(rest.perRound().low(), rest.unit()) + " and "
              + page.units().level(rest.perRound().high(), rest.unit()) + ")" + item,
          stays ? Style.BOLD : Style.FAINT);
    }
  }

  /** A part of a thing is none: {@code one in 500 items}. */
  private String item(double each, SeriesUnit unit) {
    return unit == SeriesUnit.COUNT && each < 0.95
        ? ", one in " + Count.grouped(Math.round(1 / each)) + " items"
        : ", " + page.units().level(each, unit) + " per item";
  }
}
