package io.tare.report.ledger;

import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Kind;
import io.tare.model.ledger.Ledger;
import io.tare.report.guide.AccountGuides;
import io.tare.report.guide.AccountGuides.AccountGuide;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import java.util.List;
import java.util.OptionalLong;

/** The ledger as a list that opens: every account with its bytes, and behind it what it means and what it consists of. */
final class AccountsHtml {
  private static final int ENTRIES_SHOWN = 40;
  private static final String LEDGER = "ledger";

  private final Html html;
  private final Ledger ledger;
  private final Units units;
  private final OptionalLong input;
  private final AccountGuides guides = AccountGuides.load();

  /** One line of the list. */
  private record Row(String id, String title, Kind kind, long bytes, String confidence) {}

  AccountsHtml(Html html, Ledger ledger, TextOptions options) {
    this.html = html;
    this.ledger = ledger;
    this.units = options.units();
    this.input = options.input();
  }

  /** The place in the page where the account is explained; the whole ledger for a fold of several accounts. */
  static String anchor(String accountId) {
    return accountId.isEmpty() ? LEDGER : "account-" + accountId.replace('.', '-');
  }

  void write() {
    html.open("section", "id", LEDGER).leaf("h2", "The ledger");
    html.leaf("p", "hint",
        "Every resident byte and its owner. Open a line to see what the account means, what moves it and who can take it back.");
    input.ifPresent(bytes -> html.leaf("p", "hint", "\u00d7 is a multiple of the input, " + units.format(bytes) + "."));
    html.open("div", "class", "ledger");
    html.open("div", "class", "row head", "aria-hidden", "true").leaf("span", "Account").leaf("span", "Kind")
        .leaf("span", "bytes", "Bytes").leaf("span", "Share of gross").leaf("span", "sure", "How sure").close()
        .newLine();
    LedgerRows.AccountSum.of(ledger).forEach(this::account);
    unexplained();
    html.open("div", "class", "row total").leaf("span", "Gross (RSS)").leaf("span", "")
        .leaf("span", "bytes", units.format(ledger.residentBytes())).leaf("span", share(ledger.residentBytes()))
        .leaf("span", "").close();
    html.close().close().newLine();
  }

  private void account(LedgerRows.AccountSum sum) {
    boolean isFiles = sum.isFiles() && sum.entries().size() > 1;
    String which = isFiles
        ? " (" + Count.of(sum.entries().size(), "file") + ")"
        : sum.onlyName().isEmpty() ? "" : ": " + sum.onlyName();
    begin(new Row(sum.account().id(), sum.account().title() + which, sum.account().kind(), sum.bytes(),
        sum.confidence().label()));
    entries(sum.entries());
    html.close().close().newLine();
  }

  private void unexplained() {
    begin(new Row("unexplained", "No owner found", Kind.UNEXPLAINED, ledger.unexplainedBytes(), ""));
    html.close().close().newLine();
  }

  private void begin(Row row) {
    html.open("details", "id", anchor(row.id()), "data-bytes", Long.toString(row.bytes()), "data-name", row.title(),
        "data-kind", row.kind().label(), "data-sure", row.confidence());
    html.open("summary", "class", "row").open("span", "class", "title").leaf("b", row.title()).leaf("code", row.id())
        .close()
        .open("span").leaf("i", "chip " + LedgerHtml.kind(row.kind()), row.kind().label()).close()
        .leaf("span", "bytes", units.format(row.bytes()));
    html.open("span", "class", "share").open("i", "class", "track")
        .open("i", "class", LedgerHtml.kind(row.kind()), "style",
            Html.width(Count.share(row.bytes(), ledger.residentBytes())))
        .close()
        .close().leaf("small", share(row.bytes())).close();
    html.leaf("span", "sure", row.confidence()).close();
    html.open("div", "class", "more");
    guides.byId(row.id()).ifPresent(this::guide);
  }

  private String share(long bytes) {
    return Count.percent(bytes, ledger.residentBytes())
        + (input.isEmpty() ? "" : " \u00b7 " + Count.times(bytes, input.getAsLong()));
  }

  private void guide(AccountGuide guide) {
    html.leaf("p", guide.what()).open("dl");
    field("What moves it up", guide.up());
    field("What moves it down", guide.down());
    field("Must it come back after a GC?", guide.afterGc());
    field("Who can take it back?", guide.reclaim());
    field("What to do", guide.act());
    html.close();
  }

  private void field(String name, String text) {
    html.leaf("dt", name).leaf("dd", text);
  }

  private void entries(List<Entry> entries) {
    html.open("table").open("thead").open("tr").leaf("th", "n", "Bytes").leaf("th", "Which")
        .leaf("th", "Where the number comes from")
        .close().close().open("tbody");
    for (Entry entry : entries.subList(0, Math.min(entries.size(), ENTRIES_SHOWN))) {
      html.open("tr").leaf("td", "n", units.format(entry.residentBytes())).leaf("td", "name", entry.name())
          .leaf("td", entry.confidence().label() + ": " + entry.evidence()).close();
    }
    html.close().close();
    if (entries.size() > ENTRIES_SHOWN) {
      html.leaf("p", "hint", "and " + Count.grouped(entries.size() - ENTRIES_SHOWN) + " more.");
    }
  }
}
