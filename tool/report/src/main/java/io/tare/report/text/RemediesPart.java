package io.tare.report.text;

import io.tare.model.report.Remedy;
import java.util.List;

/** What to do: the action, the exact flag or command, the bytes that should come back, and the price. */
final class RemediesPart {
  private static final int RETURNS_END = 16;

  private RemediesPart() {}

  static void write(Page page, List<Remedy> remedies) {
    if (remedies.isEmpty()) {
      return;
    }
    page.heading("REMEDIES", "biggest return first; each is an estimate until it was tried");
    int number = 1;
    for (Remedy remedy : remedies) {
      one(page, number++, remedy);
    }
  }

  private static void one(Page page, int number, Remedy remedy) {
    String returns = remedy.expectedBytes().isPresent()
        ? "\u2248 " + page.bytes(remedy.expectedBytes().getAsLong())
        : "?";
    Line lead = new Line(page.letters()).right(4, number + ".", Style.PLAIN).right(RETURNS_END, returns, Style.PLAIN);
    page.prose(lead.text() + "  ", remedy.action(), Style.BOLD);
    if (!remedy.how().isBlank()) {
      page.prose(RETURNS_END + 2, remedy.how(), Style.GREEN);
    }
    if (!remedy.price().isBlank()) {
      page.prose(" ".repeat(RETURNS_END + 2) + "price: ", remedy.price(), Style.FAINT);
    }
  }
}
