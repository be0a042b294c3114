package io.tare.report.advice;

import io.tare.model.history.Advice;
import io.tare.model.history.Checklist;
import io.tare.model.history.Checklist.Answer;
import io.tare.model.history.Checklist.Item;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.stream.Collectors;

/** Sizes and lists for a terminal. */
public final class AdviceText {
  private static final int SIZE_END = 40;

  private AdviceText() {}

  public static String render(Advice advice, TextOptions options) {
    Page page = new Page(options);
    page.line().add(advice.target(), Style.BOLD).add("  " + advice.runtime(), Style.FAINT);
    if (!advice.refusals().isEmpty()) {
      page.heading("NO SIZES", "what was recorded does not carry them");
      advice.refusals().forEach(why -> page.prose("  - ", why, Style.PLAIN));
      return page.print();
    }
    page.heading("SIZES", "from " + advice.lasted().toSeconds() + " s under load");
    for (Advice.Setting setting : advice.settings()) {
      page.line().add("  " + setting.title()).right(SIZE_END, page.bytes(setting.bytes()), Style.BOLD)
          .add("  " + setting.option(), Style.GREEN);
      String readings = setting.readings().stream().map(reading -> reading.what() + " " + reading.value())
          .collect(Collectors.joining("; "));
      page.prose(4, setting.basis() + (readings.isEmpty() ? "" : ": " + readings), Style.FAINT);
    }
    page.heading("WHAT THEY DO NOT COVER", "");
    advice.risks().forEach(risk -> page.prose("  - ", risk, Style.PLAIN));
    for (Fragments.Fragment fragment : Fragments.of(advice)) {
      page.heading(fragment.title(), "");
      fragment.lines().forEach(line -> page.line().add("  " + line));
    }
    return page.print();
  }

  public static String render(Checklist list, TextOptions options) {
    Page page = new Page(options);
    page.line().add(list.target(), Style.BOLD);
    page.heading("CHECKLIST", count(list, Answer.YES) + " hold, " + count(list, Answer.NO) + " do not, "
        + count(list, Answer.CANNOT_TELL) + " can't be told");
    for (Item item : list.items()) {
      page.line().add("  " + word(item.answer()), colour(item.answer())).to(16).add(item.claim(), Style.BOLD);
      page.prose(15, item.reading(), Style.FAINT);
      if (!item.next().isEmpty()) {
        page.prose(" ".repeat(15) + "next: ", item.next(), Style.GREEN);
      }
    }
    return page.print();
  }

  private static long count(Checklist list, Answer answer) {
    return list.items().stream().filter(item -> item.answer() == answer).count();
  }

  private static String word(Answer answer) {
    return switch (answer) {
      case YES -> "yes";
      case NO -> "no";
      case CANNOT_TELL -> "cannot tell";
    };
  }

  private static Style colour(Answer answer) {
    return switch (answer) {
      case YES -> Style.GREEN;
      case NO -> Style.RED;
      case CANNOT_TELL -> Style.CYAN;
    };
  }
}
