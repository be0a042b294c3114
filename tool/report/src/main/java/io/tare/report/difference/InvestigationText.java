package io.tare.report.difference;

import io.tare.model.history.Difference.Line;
import io.tare.model.history.Investigation;
import io.tare.model.history.Investigation.Stage;
import io.tare.report.difference.InvestigationWords.Column;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.List;
import java.util.stream.Collectors;

/** Several weighings in a row, for a terminal: a line a stage, then what each returned and what is left. */
public final class InvestigationText {
  private static final int COLUMN = 12;
  private static final int CHANGE = 20;
  private static final int WIDEST = 84;
  private static final int FEW_ACCOUNTS = 5;

  private final Page page;
  private final Investigation investigation;
  private final InvestigationWords words;

  private InvestigationText(Investigation investigation, TextOptions options) {
    page = new Page(options);
    this.investigation = investigation;
    words = new InvestigationWords(investigation, options.units());
  }

  public static String render(Investigation investigation, TextOptions options) {
    return new InvestigationText(investigation, options).print();
  }

  private String print() {
    page.line().fit(page.width(), words.title(), Style.BOLD);
    page.blank();
    page.prose(2, words.headline(), Style.BOLD);
    table();
    for (int i = 0; i < investigation.stages().size(); i++) {
      stage(i, investigation.stages().get(i));
    }
    investigation.notes().forEach(note -> {
      page.blank();
      page.prose("note: ", note, Style.FAINT);
    });
    return page.print();
  }

  /** The last column tells the change, and is never left out: those before it are, where the page is narrow. */
  private void table() {
    List<Column> all = words.columns();
    int longest = investigation.stages().stream().mapToInt(stage -> stage.name().length()).max().orElse(0) + 3;
    int names = Math.clamp(longest, 12, Math.max(12, page.width() - CHANGE - 2 * COLUMN));
    int fitting = Math.clamp((page.width() - names - CHANGE) / COLUMN, 1, all.size() - 1);
    List<Column> columns = all.subList(0, fitting);
    Column change = all.getLast();
    page.heading("STAGES", "");
    Page.Line head = page.line();
    for (int i = 0; i < columns.size(); i++) {
      head.right(names + COLUMN * (i + 1), columns.get(i).title(), Style.FAINT);
    }
    head.right(names + COLUMN * columns.size() + CHANGE, change.title(), Style.FAINT);
    for (int i = 0; i < investigation.stages().size(); i++) {
      Stage stage = investigation.stages().get(i);
      Page.Line line = page.line().add(InvestigationWords.letter(i) + " ", Style.FAINT).fit(names, stage.name(),
          Style.PLAIN);
      for (int k = 0; k < columns.size(); k++) {
        line.right(names + COLUMN * (k + 1), columns.get(k).cell().apply(stage), Style.PLAIN);
      }
      String what = change.cell().apply(stage);
      line.right(names + COLUMN * columns.size() + CHANGE, what, tone(what));
    }
  }

  private static Style tone(String change) {
    return change.startsWith("\u2212") ? Style.GREEN : change.startsWith("+") ? Style.YELLOW : Style.FAINT;
  }

  private void stage(int index, Stage stage) {
    page.heading(InvestigationWords.letter(index) + "  " + stage.name(),
        index == 0 ? "" : "held against " + words.heldAgainst(index));
    page.prose("  returned  ", words.returned(stage), Style.PLAIN);
    for (Line line : page.shown(InvestigationWords.moved(stage), FEW_ACCOUNTS)) {
      String change = words.change(line);
      int end = Math.min(page.width(), WIDEST);
      Page.Line set = page.line().to(14).fit(end - CHANGE - (page.isNarrow() ? COLUMN : 2 * COLUMN), line.id(), Style.PLAIN);
      if (!page.isNarrow()) {
        set.right(end - CHANGE - COLUMN, words.level(line, line.before()), Style.FAINT);
      }
      set.right(end - CHANGE, words.level(line, line.after()), Style.FAINT).right(end, change, tone(change));
    }
    InvestigationWords.price(stage).forEach(price -> page.prose("            ", price, Style.PLAIN));
    String left = InvestigationWords.left(stage).stream().map(one -> one.id() + " " + words.left(one))
        .collect(Collectors.joining(", "));
    page.prose("  left      ", left.isEmpty() ? words.unknown() : left, Style.PLAIN);
    if (stage.runs() > 1) {
      page.prose("            ", "median of " + Count.of(stage.runs(), "run"), Style.FAINT);
    }
  }
}
