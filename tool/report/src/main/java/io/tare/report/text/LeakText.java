package io.tare.report.text;

import io.tare.model.history.LeakVerdict;
import io.tare.report.TextOptions;

/** A leak verdict by itself, for a terminal. */
public final class LeakText {
  private LeakText() {}

  public static String render(LeakVerdict verdict, TextOptions options) {
    Page page = new Page(options);
    page.line().fit(page.width(), verdict.target(), Style.BOLD);
    LeakPart.print(page, verdict);
    return page.print();
  }
}
