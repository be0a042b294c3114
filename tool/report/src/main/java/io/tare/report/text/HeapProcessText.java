package io.tare.report.text;

import io.tare.model.heap.DumpCost;
import io.tare.model.heap.HeapReport;
import io.tare.model.heap.NativeBridge;
import io.tare.model.heap.NativeLine;
import io.tare.report.TextOptions;
import io.tare.report.words.Count;
import java.util.OptionalLong;

/** Below a heap summary: the process beside its heap, and what taking the dump cost. */
public final class HeapProcessText {
  private static final int FEW = 8;

  private final Page page;

  private HeapProcessText(TextOptions options) {
    this.page = new Page(options);
  }

  /** Empty if nothing is known but the dump. */
  public static String render(HeapReport report, TextOptions options) {
    HeapProcessText text = new HeapProcessText(options);
    report.bridge().ifPresent(text::bridge);
    report.cost().ifPresent(text::cost);
    return text.page.print();
  }

  private void bridge(NativeBridge bridge) {
    page.heading("Native memory", "as the heap and process " + bridge.pid() + " tell it");
    page.line().right(34, "owners", Style.FAINT).right(45, "in the heap", Style.FAINT).right(56, "process",
        Style.FAINT);
    for (NativeLine line : bridge.lines()) {
      page.line().add("  ").fit(26, line.what(), Style.BOLD)
          .right(34, line.objects() == 0 ? "" : Long.toString(line.objects()), Style.FAINT)
          .right(45, bytes(line.heapBytes()), Style.PLAIN).right(56, bytes(line.processBytes()), Style.PLAIN)
          .add("  ").fit(page.width(), line.counterpart(), Style.FAINT);
      if (!line.meaning().isEmpty()) {
        page.prose(4, line.meaning(), Style.FAINT);
      }
    }
    rest(bridge);
    bridge.notes().forEach(note -> page.prose(2, note, Style.YELLOW));
  }

  private String bytes(OptionalLong bytes) {
    return bytes.isPresent() ? page.bytes(bytes.getAsLong()) : "-";
  }

  private void rest(NativeBridge bridge) {
    page.line().add("  no Java object owns", Style.BOLD);
    int few = page.showsAll() ? Integer.MAX_VALUE : FEW;
    bridge.rest().stream().limit(few)
        .forEach(rest -> page.line().right(56, page.bytes(rest.residentBytes()), Style.PLAIN)
            .add("  ").fit(page.width(), rest.account() + ": " + rest.title(), Style.FAINT));
    if (bridge.rest().size() > few) {
      long left = bridge.rest().stream().skip(few).mapToLong(NativeBridge.Rest::residentBytes).sum();
      page.line().right(56, page.bytes(left), Style.PLAIN)
          .add("  " + Count.of(bridge.rest().size() - few, "more account"), Style.FAINT);
    }
  }

  private void cost(DumpCost cost) {
    page.heading("What the dump cost process " + cost.pid(), "");
    page.prose(2, "All its threads stood still for at most " + Count.millis(cost.millis())
        + (cost.liveOnly() ? ", a full collection included" : "") + ". It wrote " + page.bytes(cost.fileBytes())
        + ", and its RSS changed by " + page.units().formatSigned(cost.grownBytes()) + ".", Style.PLAIN);
  }
}
