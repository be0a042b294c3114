package io.tare.report.verdict;

import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.LeakVerdict.Rounds;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.model.ledger.Account;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.look.Units;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The leak verdict as a page of its own, or as a section of another: the answer, then every series that was judged. */
public final class LeakHtml {
  private final Html html;
  private final LeakVerdict verdict;
  private final Units units;

  private LeakHtml(Html html, LeakVerdict verdict, Units units) {
    this.html = html;
    this.verdict = verdict;
    this.units = units;
  }

  public static String render(LeakVerdict verdict, TextOptions options) {
    HtmlPage page = HtmlPage.plain("Leak verdict of " + verdict.target());
    Html html = page.begin();
    HtmlPage.head(html,
        new Head("judges whether a process leaks", verdict.target(), List.of(
            Time.utc(verdict.from()) + " to " + Time.utc(verdict.to()), judged(verdict)), verdict.summary()));
    new LeakHtml(html, verdict, options.units()).parts();
    return page.end(html.close().newLine());
  }

  /** The section of a page about more; what {@code charts} sets comes after the answer. */
  public static void section(Html html, LeakVerdict verdict, Units units, Runnable charts) {
    html.open("section", "id", "leak").leaf("h2", "Does it leak?")
        .leaf("p", "answer " + tone(verdict.answer()), verdict.summary()).leaf("p", "hint", judged(verdict));
    verdict.next().ifPresent(command -> html.leaf("p", "hint", "Next: " + command));
    charts.run();
    html.close().newLine();
    new LeakHtml(html, verdict, units).parts();
  }

  private static String judged(LeakVerdict verdict) {
    double seconds = Duration.between(verdict.from(), verdict.to()).toMillis() / 1e3;
    return seconds < 1
        ? ""
        : "Judged over " + Time.about(seconds) + verdict.toLimit()
            .map(time -> "; at this rate the limit is met in " + Time.about(time.toMillis() / 1e3)).orElse("") + ".";
  }

  private static String tone(Answer answer) {
    return switch (answer) {
      case LEAK -> "bad";
      case NO_LEAK -> "good";
      case CANNOT_TELL -> "open";
    };
  }

  private void parts() {
    courses();
    verdict.rounds().ifPresent(this::rounds);
    growers();
    if (!verdict.notes().isEmpty()) {
      html.open("section").leaf("h2", "What else is to be said").open("ul");
      verdict.notes().forEach(note -> html.leaf("li", note));
      html.close().close().newLine();
    }
  }

  private void growers() {
    if (verdict.growers().isEmpty()) {
      return;
    }
    String kind = verdict.growers().getFirst().kind().word();
    html.open("section").leaf("h2", "More from count to count").leaf("p", "hint",
        "Objects by " + kind + "; the one to look at first is in front.");
    html.wideTable("more from count to count", List.of("Name", "First", "Last", "Objects at first", "At last"));
    verdict.growers().forEach(grower -> html.open("tr").open("td", "class", "name").leaf("code", grower.name()).close()
        .leaf("td", "n", units.format(grower.firstBytes())).leaf("td", "n", units.format(grower.lastBytes()))
        .leaf("td", "n", Count.grouped(grower.firstObjects())).leaf("td", "n", Count.grouped(grower.lastObjects()))
        .close().newLine());
    html.endWideTable().close().newLine();
  }

  private void courses() {
    if (verdict.courses().isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "What was judged").leaf("p", "hint",
        "Only growth without end of what the program itself uses is a leak. The range is where the rate lies with high confidence.");
    html.wideTable("what was judged", List.of("What", "Answer", "First", "Last", "Change per hour", "Seen"));
    verdict.courses().stream().sorted(Comparator.comparingInt((SeriesVerdict course) -> answer(course).order()))
        .forEach(this::course);
    html.endWideTable().close().newLine();
  }

  private void course(SeriesVerdict course) {
    Reading answer = answer(course);
    html.open("tr").open("td").leaf("b", course.id());
    Account.byId(course.id()).ifPresent(account -> html.leaf("small", account.title()));
    html.close().open("td").leaf("i", "tag " + answer.tone(), answer.words()).close()
        .leaf("td", "n", units.level(course.first(), course.unit()))
        .leaf("td", "n", units.level(course.last(), course.unit()))
        .open("td", "class", "n").text(course.perHour().map(rate -> units.signedLevel(rate.estimate(), course.unit()))
            .orElse("-"));
    course.perHour().filter(rate -> rate.low() < rate.high())
        .ifPresent(rate -> html.leaf("small", units.signedLevel(rate.low(), course.unit()) + " to "
            + units.signedLevel(rate.high(), course.unit())));
    html.close().leaf("td", course.words()).close().newLine();
  }

  /** What came of a series, in the order in which it is worth reading. */
  private record Reading(int order, String words, String tone) {}

  private Reading answer(SeriesVerdict course) {
    if (course.isLeak()) {
      return new Reading(0, "leaks", "bad");
    }
    if (verdict.isBrought(course)) {
      return new Reading(1, "comes with the leak", "bad");
    }
    boolean isUnclear = course.charge() == LeakRole.UNCLEAR && course.direction() == Direction.GROWING;
    if (isUnclear || (course.direction() == Direction.UNKNOWN && course.charge() != LeakRole.TARE)) {
      return new Reading(2, "open", "open");
    }
    return switch (course.direction()) {
      case GROWING -> new Reading(3, "grows, no leak", "");
      case FALLING -> new Reading(5, "falls", "good");
      case STEADY -> new Reading(4, "steady", "good");
      case UNKNOWN -> new Reading(6, "moves", "");
    };
  }

  private void rounds(Rounds rounds) {
    html.open("section").leaf("h2", "Rounds of work").leaf("p", "hint", rounds.count() + " compared at the mark "
        + rounds.label() + "; the first one warms up and is not counted.");
    html.wideTable("rounds of work", List.of("What", "Answer", "Per round", "Between", "And"));
    for (Rounds.Remainder rest : rounds.remainders()) {
      boolean stays = rest.direction() == Direction.GROWING;
      html.open("tr").leaf("td", rest.id()).open("td").leaf("i", "tag " + (stays ? "bad" : "good"),
          stays ? "stays" : "comes back").close()
          .leaf("td", "n", units.level(rest.perRound().estimate(), rest.unit()))
          .leaf("td", "n", units.level(rest.perRound().low(), rest.unit()))
          .leaf("td", "n", units.level(rest.perRound().high(), rest.unit())).close().newLine();
    }
    html.endWideTable().close().newLine();
  }
}
