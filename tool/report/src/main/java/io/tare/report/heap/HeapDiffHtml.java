package io.tare.report.heap;

import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HeapDiff.ClassGrowth;
import io.tare.model.heap.HeapDiff.Growth;
import io.tare.model.heap.HeapDiff.HolderGrowth;
import io.tare.model.heap.HeapDiff.SuspectGrowth;
import io.tare.model.heap.HeapDiff.SuspectGrowth.Pile;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.look.Units;

/** What has grown between two dumps, as one self-contained page without a script. */
final class HeapDiffHtml {
  private static final int MOST_LINES = 400;

  private final HtmlPage frame = new HtmlPage("Heap growth", HeapHtml.style(), "", HtmlPage.LIGHT_AND_DARK);
  private final Html html = frame.begin();
  private final HeapDiff diff;
  private final Units units;

  private HeapDiffHtml(HeapDiff diff, TextOptions options) {
    this.diff = diff;
    this.units = options.units();
  }

  static String render(HeapDiff diff, TextOptions options) {
    return new HeapDiffHtml(diff, options).page();
  }

  private String page() {
    overview();
    holders();
    suspects();
    classes();
    return frame.end(html.close().newLine());
  }

  private void overview() {
    html.open("header").leaf("p", "brand", "Tare").leaf("h1", "Heap growth");
    html.leaf("p", "facts", Time.utc(diff.before().takenAt()) + " \u2192 " + Time.utc(diff.after().takenAt()));
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
      html.row(holder.heldBy().isEmpty() ? String.join(" \u2192 ", holder.way()) : holder.heldBy(),
          count(holder.objects()) + " \u00d7 " + holder.piledUpClass(), bytes(holder.retainedBytes()),
          units.formatSigned(holder.retainedBytes().delta()));
    }
    html.close().close().newLine();
  }

  private void suspects() {
    head("Suspects", "held by", "piled up", "retained", "growth");
    for (SuspectGrowth suspect : diff.suspects()) {
      Pile pile = suspect.after().or(suspect::before).orElseThrow();
      html.row(suspect.holder(),
          suspect.objects().map(HeapDiffHtml::count).orElse(Count.grouped(pile.objects())) + " \u00d7 "
              + suspect.piledUpClass(),
          suspect.retainedBytes().map(this::bytes).orElse(units.format(pile.retainedBytes())
              + (suspect.before().isEmpty() ? " now, less than a tenth before" : " before, less than a tenth now")),
          suspect.retainedBytes().map(growth -> units.formatSigned(growth.delta()))
              .orElse(suspect.before().isEmpty() ? "new" : "no longer"));
    }
    html.close().close().newLine();
  }

  private void classes() {
    head("Classes", "class", "objects", "shallow", "retained");
    for (ClassGrowth growth : diff.classes().subList(0, Math.min(MOST_LINES, diff.classes().size()))) {
      html.row(growth.name(), count(growth.objects()), units.formatSigned(growth.shallowBytes().delta()),
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
    html.open("section").leaf("h2", title).table(columns).newLine();
  }
}
