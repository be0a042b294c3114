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
  private static final int OWNERS = 38;
  private static final int HEAP = 51;
  private static final int PROCESS = 62;

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
    page.line().right(OWNERS, "owners", Style.FAINT).right(HEAP, "in the heap", Style.FAINT)
        .right(PROCESS, "process", Style.FAINT);
    for (NativeLine line : bridge.lines()) {
      page.line().add("  ").fit(OWNERS - 8, line.what(), Style.BOLD)
          .right(OWNERS, line.objects() == 0 ? "" : Long.toString(line.objects()), Style.FAINT)
          .right(HEAP, bytes(line.heapBytes()), Style.PLAIN).right(PROCESS, bytes(line.processBytes()), Style.PLAIN);
      String about = line.counterpart().isEmpty() ? "" : "process: " + line.counterpart();
      String separator = about.isEmpty() || line.meaning().isEmpty() ? "" : "; ";
      page.prose(4, about + separator + line.meaning(), Style.FAINT);
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
    bridge.rest().stream().limit(few).forEach(rest -> page.line().add("    ")
        .fit(HEAP, rest.account() + ": " + rest.title(), Style.FAINT)
        .right(PROCESS, page.bytes(rest.residentBytes()), Style.PLAIN));
    if (bridge.rest().size() > few) {
      long left = bridge.rest().stream().skip(few).mapToLong(NativeBridge.Rest::residentBytes).sum();
      page.line().add("    " + Count.of(bridge.rest().size() - few, "more account"), Style.FAINT)
          .right(PROCESS, page.bytes(left), Style.PLAIN);
    }
  }

  private void cost(DumpCost cost) {
    page.heading("What the dump cost process " + cost.pid(), "");
    page.prose(2, "All its threads stood still for at most " + Count.millis(cost.millis())
        + (cost.liveOnly() ? ", a full collection included" : "") + ". It wrote " + page.bytes(cost.fileBytes())
        + ", and its RSS changed by " + page.units().formatSigned(cost.grownBytes()) + ".", Style.PLAIN);
  }
}
