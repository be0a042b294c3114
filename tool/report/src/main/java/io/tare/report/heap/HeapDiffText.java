package io.tare.report.heap;

import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HeapDiff.ClassGrowth;
import io.tare.model.heap.HeapDiff.Growth;
import io.tare.model.heap.HeapDiff.HolderGrowth;
import io.tare.model.heap.HeapDiff.SuspectGrowth;
import io.tare.model.heap.HeapDiff.SuspectGrowth.Pile;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import java.util.List;
import java.util.function.Predicate;

/** What has grown between two dumps, for a terminal. */
final class HeapDiffText {
  private static final int FEW = 12;

  private final Page page;
  private final HeapDiff diff;

  private HeapDiffText(HeapDiff diff, TextOptions options) {
    this.page = new Page(options);
    this.diff = diff;
  }

  static String render(HeapDiff diff, TextOptions options) {
    return new HeapDiffText(diff, options).print();
  }

  private String print() {
    page.line().add("Heap growth", Style.BOLD).add(" from " + Time.utc(diff.before().takenAt()) + " to "
        + Time.utc(diff.after().takenAt()));
    page.line().add("live     " + bytes(diff.shallowBytes()));
    page.line().add("objects  " + Count.grouped(diff.objects().before()) + " \u2192 "
        + Count.grouped(diff.objects().after()) + "  (" + signed(diff.objects().delta()) + ")");
    diff.notes().forEach(note -> page.prose("", note, Style.YELLOW));
    holders();
    suspects();
    classes("Classes that grew", diff.classes().stream().filter(grew()).toList());
    classes("Classes that shrank", diff.classes().stream().filter(grew().negate()).toList().reversed());
    return page.print();
  }

  private static Predicate<ClassGrowth> grew() {
    return growth -> growth.delta() > 0 || (growth.delta() == 0 && growth.objects().delta() > 0);
  }

  private String bytes(Growth growth) {
    return page.bytes(growth.before()) + " \u2192 " + page.bytes(growth.after()) + "  ("
        + page.units().formatSigned(growth.delta()) + ")";
  }

  private static String signed(long count) {
    return (count < 0 ? "\u2212" : "+") + Count.grouped(Math.abs(count));
  }

  private void holders() {
    page.heading("Where it grew", "what hangs below one place, held by whom");
    if (diff.holders().isEmpty()) {
      page.prose(2, "No place grew by a hundredth of the heap or more.", Style.PLAIN);
    }
    for (HolderGrowth holder : page.shown(diff.holders(), FEW)) {
      page.prose("  " + page.units().formatSigned(holder.retainedBytes().delta()) + "  ",
          holder.heldBy().isEmpty() ? String.join(" \u2192 ", holder.way()) : holder.heldBy(), Style.BOLD);
      page.prose(4, bytes(holder.retainedBytes()) + "; " + signed(holder.objects().delta()) + " \u00d7 "
          + holder.piledUpClass() + " (" + Count.grouped(holder.objects().before()) + " \u2192 "
          + Count.grouped(holder.objects().after()) + ")", Style.PLAIN);
    }
  }

  private void suspects() {
    page.heading("Suspects", "places that hold a tenth of the heap, in either dump");
    for (SuspectGrowth suspect : diff.suspects()) {
      String change = suspect.retainedBytes().map(growth -> page.units().formatSigned(growth.delta()))
          .orElse(suspect.before().isEmpty() ? "new" : "no longer");
      page.prose("  " + change + "  ", suspect.holder(), Style.BOLD);
      page.prose(4, suspect.retainedBytes().map(this::bytes).orElseGet(() -> only(suspect)) + "; "
          + suspect.objects().map(objects -> signed(objects.delta()))
              .orElseGet(() -> Count.grouped(piled(suspect).objects()))
          + " \u00d7 " + suspect.piledUpClass(), Style.PLAIN);
    }
  }

  /** What is known of a place that one dump names. */
  private String only(SuspectGrowth suspect) {
    return page.units().format(piled(suspect).retainedBytes())
        + (suspect.before().isEmpty() ? " now, less than a tenth before" : " before, less than a tenth now");
  }

  private static Pile piled(SuspectGrowth suspect) {
    return suspect.after().or(suspect::before).orElseThrow();
  }

  private void classes(String title, List<ClassGrowth> classes) {
    if (classes.isEmpty()) {
      return;
    }
    page.heading(title, "");
    page.line().right(12, "retained", Style.FAINT).right(22, "shallow", Style.FAINT).right(34, "objects", Style.FAINT);
    for (ClassGrowth growth : page.shown(classes, FEW)) {
      String retained = growth.retainedBytes().map(bytes -> page.units().formatSigned(bytes.delta())).orElse("-");
      page.line().right(12, retained, Style.PLAIN)
          .right(22, page.units().formatSigned(growth.shallowBytes().delta()), Style.PLAIN)
          .right(34, signed(growth.objects().delta()), Style.PLAIN).to(36).fit(page.width(), growth.name(),
              Style.PLAIN);
    }
    if (page.shown(classes, FEW).size() < classes.size()) {
      page.line().to(36).add((classes.size() - FEW) + " more", Style.FAINT);
    }
  }
}
