package io.tare.ledger.runtimes.go;

import io.tare.ledger.words.Words;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;

/** What a Go runtime says of itself, as figures. */
@NullMarked
final class GoFigures {
  private static final double NANOS_PER_MILLI = 1_000_000;

  private GoFigures() {}

  static List<Figure> readings(RuntimeFacts go) {
    List<Figure> figures = new ArrayList<>();
    bytes(go, "heap.marked", "alive at the last collection", figures);
    bytes(go, "gc.next", "next collection at a heap of", figures);
    go.number("gc.percent").ifPresent(percent -> figures.add(new Figure("GOGC", percent < 0 ? "off" : "" + percent)));
    if (go.number("gc.percent").isPresent()) {
      OptionalLong limit = go.number("memory.limit");
      figures.add(new Figure("GOMEMLIMIT", limit.isPresent() ? Words.bytes(limit.getAsLong()) : "none"));
    }
    go.number("gc.count").ifPresent(count -> figures.add(new Figure("collections", "" + count)));
    go.number("gc.pause.nanos").ifPresent(nanos -> figures.add(new Figure("their pauses in all",
        String.format(Locale.ROOT, "%.1f ms", nanos / NANOS_PER_MILLI))));
    go.number("goroutines")
        .ifPresent(count -> figures.add(new Figure("goroutines, the runtime's own included", "" + count)));
    return figures;
  }

  /** Named as {@code runtime.MemStats} names them: what was taken, resident or not. */
  static List<Figure> counters(RuntimeFacts go) {
    List<Figure> figures = new ArrayList<>();
    bytes(go, "heap.inuse", "Go: HeapInuse", figures);
    OptionalLong idle = go.number("heap.idle");
    OptionalLong released = go.number("heap.released");
    if (idle.isPresent() && released.isPresent()) {
      figures.add(new Figure("Go: HeapIdle", Words.bytes(idle.getAsLong() + released.getAsLong())));
    }
    bytes(go, "heap.released", "Go: HeapReleased", figures);
    bytes(go, "stacks.inuse", "Go: StackInuse", figures);
    bytes(go, "sys.mspan", "Go: MSpanSys", figures);
    bytes(go, "sys.mcache", "Go: MCacheSys", figures);
    bytes(go, "sys.buckhash", "Go: BuckHashSys", figures);
    bytes(go, "sys.gc", "Go: GCSys", figures);
    bytes(go, "sys.other", "Go: OtherSys", figures);
    return figures;
  }

  private static void bytes(RuntimeFacts go, String fact, String what, List<Figure> into) {
    go.number(fact).ifPresent(bytes -> into.add(new Figure(what, Words.bytes(bytes))));
  }
}
