package io.tare.report.html;

import io.tare.model.heap.ClassGrowth;
import io.tare.model.heap.Growth;
import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HolderGrowth;
import io.tare.model.heap.SuspectGrowth;
import io.tare.report.TextOptions;
import io.tare.report.words.Count;
import io.tare.report.words.Units;
import io.tare.report.words.When;

/** What has grown between two dumps, as one self-contained page without a script. */
public final class HeapDiffHtml {
  private static final int MOST_LINES = 400;
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  private final Html html = new Html();
  private final HeapDiff diff;
  private final Units units;

  private HeapDiffHtml(HeapDiff diff, TextOptions options) {
    this.diff = diff;
    this.units = options.units();
  }

  public static String render(HeapDiff diff, TextOptions options) {
    return new HeapDiffHtml(diff, options).page();
  }

  private String page() {
    html.own("<!doctype html>\n").open("html", "lang", "en").newLine().open("head").newLine();
    html.single("meta", "charset", "utf-8").newLine();
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", POLICY).newLine();
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").newLine();
    html.leaf("title", "Heap growth \u00b7 Tare").newLine();
    html.open("style").own(PageResources.style()).own(HeapPage.style()).close().newLine().close().newLine();
    html.open("body").newLine().open("main").newLine();
    overview();
    holders();
    suspects();
    classes();
    return html.close().close().newLine().close().newLine().finish();
  }

  private void overview() {
    html.open("header").leaf("p", "brand", "Tare").leaf("h1", "Heap growth");
    html.leaf("p", "facts", When.utc(diff.before().takenAt()) + " \u2192 " + When.utc(diff.after().takenAt()));
    html.leaf("p", "sentence",
        bytes(diff.shallowBytes()) + " live, " + Count.grouped(diff.objects().before()) + " \u2192 "
            + Count.of(diff.objects().after(), "object") + ".");
    diff.notes().forEach(note -> html.leaf("p", note));
    html.close().newLine();
  }

  private String bytes(Growth growth) {
    return units.format(growth.before()) + " \u2192 " + units.format(growth.after()) + " ("
        + units.formatSigned(growth.delta()) + ")";
  }

  private void holders() {
    head("Where it grew", "held by", "piled up", "retained", "growth");
    for (HolderGrowth holder : diff.holders()) {
      row(holder.heldBy().isEmpty() ? String.join(" \u2192 ", holder.way()) : holder.heldBy(),
          count(holder.objects()) + " \u00d7 " + holder.piledUpClass(), bytes(holder.retainedBytes()),
          units.formatSigned(holder.retainedBytes().delta()));
    }
    html.close().close().newLine();
  }

  private void suspects() {
    head("Suspects", "held by", "piled up", "retained", "growth");
    for (SuspectGrowth suspect : diff.suspects()) {
      row(suspect.holder(), count(suspect.piledUpObjects()) + " \u00d7 " + suspect.piledUpClass(),
          bytes(suspect.retainedBytes()), units.formatSigned(suspect.retainedBytes().delta()));
    }
    html.close().close().newLine();
  }

  private void classes() {
    head("Classes", "class", "objects", "shallow", "retained");
    for (ClassGrowth growth : diff.classes().subList(0, Math.min(MOST_LINES, diff.classes().size()))) {
      row(growth.name(), count(growth.objects()), units.formatSigned(growth.shallowBytes().delta()),
          growth.retainedBytes().map(bytes -> units.formatSigned(bytes.delta())).orElse("-"));
    }
    html.close();
    if (diff.classes().size() > MOST_LINES) {
      html.leaf("p", "hint", (diff.classes().size() - MOST_LINES) + " more lines are in the JSON form.");
    }
    html.close().newLine();
  }

  private static String count(Growth growth) {
    return (growth.delta() < 0 ? "\u2212" : "+") + Count.grouped(Math.abs(growth.delta()));
  }

  private void head(String title, String... columns) {
    html.open("section").leaf("h2", title).open("table").open("tr");
    for (String column : columns) {
      html.leaf("th", column);
    }
    html.close().newLine();
  }

  private void row(String name, String... cells) {
    html.open("tr").leaf("td", name);
    for (String cell : cells) {
      html.leaf("td", "n", cell);
    }
    html.close().newLine();
  }
}
