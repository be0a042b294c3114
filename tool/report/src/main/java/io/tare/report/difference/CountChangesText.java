package io.tare.report.difference;

import io.tare.model.history.LeakVerdict.Grower;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.List;
import java.util.Locale;

/** Which class, type or function became more or less, as text beneath what moved by account. */
public final class CountChangesText {
  private static final int FEW = 10;
  private static final int BYTES = 14;
  private static final int OBJECTS = 13;

  private CountChangesText() {}

  /** Nothing where nothing was counted on both sides. */
  public static String render(List<Grower> changes, TextOptions options) {
    if (changes.isEmpty()) {
      return "";
    }
    Page page = new Page(options);
    String kind = changes.getFirst().kind().word();
    page.heading("WHOSE IT IS", "by " + kind + ", also what nobody needs any more");
    page.line().right(BYTES, "BYTES", Style.BOLD).right(BYTES + OBJECTS, "OBJECTS", Style.BOLD).add("  ")
        .add(kind.toUpperCase(Locale.ROOT), Style.BOLD);
    for (Grower change : page.shown(changes, FEW)) {
      page.line().right(BYTES, page.units().formatSigned(change.moreBytes()), Style.PLAIN)
          .right(BYTES + OBJECTS, (change.moreObjects() > 0 ? "+" : "") + change.moreObjects(), Style.PLAIN).add("  ")
          .fit(page.width(), change.name(), Style.PLAIN);
    }
    if (changes.size() > FEW && !page.showsAll()) {
      page.line().to(2).add((changes.size() - FEW) + " more; --all shows them", Style.FAINT);
    }
    return page.print();
  }
}
