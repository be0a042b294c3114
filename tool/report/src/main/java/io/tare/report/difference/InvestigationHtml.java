package io.tare.report.difference;

import io.tare.model.history.Difference.Line;
import io.tare.model.history.Investigation;
import io.tare.model.history.Investigation.Stage;
import io.tare.model.history.SeriesNames;
import io.tare.model.ledger.Account;
import io.tare.report.difference.InvestigationWords.Column;
import io.tare.report.difference.InvestigationWords.Left;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Several weighings in a row, as a page: a bar a stage by what it is made of, then what each returned and what is left. */
public final class InvestigationHtml {
  private final Html html;
  private final Investigation investigation;
  private final InvestigationWords words;

  private InvestigationHtml(Html html, Investigation investigation, InvestigationWords words) {
    this.html = html;
    this.investigation = investigation;
    this.words = words;
  }

  public static String render(Investigation investigation, TextOptions options) {
    InvestigationWords words = new InvestigationWords(investigation, options.units());
    HtmlPage page = HtmlPage.plain(words.title());
    Html html = page.begin();
    Stage last = investigation.stages().getLast();
    HtmlPage.head(html, new Head("tells an investigation", words.title(),
        List.of(last.state().target(), Count.of(investigation.stages().size(), "stage"), Time.utc(last.state().at())),
        words.headline()));
    new InvestigationHtml(html, investigation, words).parts();
    return page.end(html.close().newLine());
  }

  private void parts() {
    stages();
    for (int i = 0; i < investigation.stages().size(); i++) {
      stage(i, investigation.stages().get(i));
    }
    if (!investigation.notes().isEmpty()) {
      html.open("section").leaf("h2", "What else is to be said").open("ul");
      investigation.notes().forEach(note -> html.leaf("li", note));
      html.close().close().newLine();
    }
  }

  private void stages() {
    double most = investigation.stages().stream()
        .mapToDouble(stage -> InvestigationWords.level(stage, SeriesNames.RSS).orElse(0)).max().orElse(0);
    html.open("section").leaf("h2", "Stages").leaf("p", "hint",
        "Changes that are no more than noise say \u201csame\u201d. The bars are gross: what is resident, however it came there"
            + (investigation.areVariants() ? ", at its peak." : "."));
    // The change stands beside the weight: a narrow screen shows the first columns only.
    List<Column> columns = new ArrayList<>(words.columns());
    columns.add(1, columns.removeLast());
    List<String> titles = new ArrayList<>(List.of("Stage"));
    columns.forEach(column -> titles.add(column.title()));
    titles.add("As a bar");
    html.wideTable("stages", titles);
    for (int i = 0; i < investigation.stages().size(); i++) {
      Stage stage = investigation.stages().get(i);
      html.open("tr").open("td").leaf("b", InvestigationWords.letter(i) + ". " + stage.name());
      if (stage.runs() > 1) {
        html.leaf("small", "median of " + Count.of(stage.runs(), "run"));
      }
      html.close();
      for (Column column : columns) {
        String cell = column.cell().apply(stage);
        html.leaf("td", "n" + (cell.startsWith("\u2212") ? " down" : cell.startsWith("+") ? " up" : ""), cell);
      }
      html.open("td", "class", "swing");
      double gross = InvestigationWords.level(stage, SeriesNames.RSS).orElse(0);
      if (gross > 0 && most > 0) {
        html.open("i", "class", "fill", "style", Html.leftWidth(0, gross / most)).close();
      }
      html.close().close().newLine();
    }
    html.endWideTable().close().newLine();
  }

  private void stage(int index, Stage stage) {
    html.open("section").leaf("h2", InvestigationWords.letter(index) + ". " + stage.name());
    if (index > 0) {
      html.leaf("h3", "What it returned, held against " + words.heldAgainst(index)).leaf("p", words.returned(stage));
      InvestigationWords.price(stage).forEach(price -> html.leaf("p", price));
      moved(InvestigationWords.moved(stage));
    }
    html.leaf("h3", index > 0 ? "What is left" : "What it is made of");
    List<Left> left = InvestigationWords.left(stage);
    if (left.isEmpty()) {
      html.leaf("p", words.unknown() + ".");
    } else {
      html.open("ul");
      left.forEach(one -> html.open("li").leaf("b", words.left(one)).text(" " + one.title()).close());
      html.close();
    }
    html.close().newLine();
  }

  private void moved(List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    html.wideTable("what moved", List.of("Account", "Before", "After", "Change", "Noise"));
    for (Line line : lines) {
      html.open("tr").open("td").leaf("b", line.id());
      Account.byId(line.id()).ifPresent(account -> html.leaf("small", account.title()));
      html.close().leaf("td", "n", words.level(line, line.before())).leaf("td", "n", words.level(line, line.after()))
          .leaf("td", line.change().orElse(0) < 0 ? "n down" : "n up", words.change(line))
          .leaf("td", "n", "\u00b1 " + words.level(line, OptionalDouble.of(line.noise()))).close().newLine();
    }
    html.endWideTable();
  }
}
