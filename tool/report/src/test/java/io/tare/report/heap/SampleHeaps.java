package io.tare.report.heap;

import io.tare.model.Problem;
import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.DumpCost;
import io.tare.model.heap.DumpFacts;
import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HeapCollections;
import io.tare.model.heap.HeapCollections.CollectionLine;
import io.tare.model.heap.HeapCollections.CollectionLine.Elsewhere;
import io.tare.model.heap.HeapCollections.CollectionLine.Places;
import io.tare.model.heap.HeapCollections.CollectionParts;
import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HeapDiff.ClassGrowth;
import io.tare.model.heap.HeapDiff.Growth;
import io.tare.model.heap.HeapDiff.HolderGrowth;
import io.tare.model.heap.HeapDiff.SuspectGrowth;
import io.tare.model.heap.HeapDiff.SuspectGrowth.Pile;
import io.tare.model.heap.HeapField;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.HeapReport;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HeapThread;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.Holding;
import io.tare.model.heap.NativeBridge;
import io.tare.model.heap.NativeBridge.NativeLine;
import io.tare.model.heap.NativeBridge.NativeOwner;
import io.tare.model.heap.ObjectLine;
import io.tare.model.heap.ObjectTotals;
import io.tare.model.heap.PathNode;
import io.tare.model.heap.PathStep;
import io.tare.model.heap.Referrer;
import io.tare.model.heap.SelectAnswer;
import io.tare.model.heap.Suspect;
import io.tare.model.heap.WasteLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What is known of a heap dump, written by hand: one of each answer, with a text that was chosen to do harm. */
final class SampleHeaps {
  private static final String HOSTILE = "\"\u001b[31mred <script>alert(1)</script> " + "long ".repeat(40) + "\"";
  private static final long MB = 1 << 20;
  private static final Instant WHEN = Instant.parse("2026-11-03T14:05:09Z");
  private static final ObjectLine MAP = new ObjectLine(0x7f10, "java.util.HashMap", HOSTILE, 48, 5 << 20);
  private static final PathStep STEP = new PathStep("static CACHE", 0x7f00, "java.lang.Class", "app.Cache");

  private SampleHeaps() {}

  /** A summary with the process beside its heap and the price of the dump. */
  static HeapReport report() {
    NativeBridge bridge = new NativeBridge(4711, WHEN,
        List.of(
            new NativeLine("direct buffers", 12, OptionalLong.of(64 * MB), OptionalLong.of(66 * MB), "malloc.mmapped",
                "the rest is rounded up"),
            new NativeLine("thread stacks", 0, OptionalLong.empty(), OptionalLong.of(9 * MB), "stacks.java", ""),
            new NativeLine("mapped files", 3, OptionalLong.of(7 * MB), OptionalLong.empty(), "", HOSTILE)),
        IntStream.rangeClosed(1, 10)
            .mapToObj(i -> new NativeBridge.Rest("account." + i, "Title <" + i + ">", (11 - i) * MB)).toList(),
        List.of("The ledger is 3 s younger than the dump."));
    return new HeapReport(summary(), Optional.of(new DumpCost(4711, 1234, 40 * MB, -3 * MB, true)),
        Optional.of(bridge));
  }

  static HeapSummary summary() {
    return summary(14);
  }

  static HeapSummary summary(int classCount) {
    List<HistogramLine> classes = IntStream.rangeClosed(1, classCount)
        .mapToObj(i -> new HistogramLine(i == 2 ? HOSTILE : "app.Class" + i, 2000 / i, (20 - i) * MB,
            i % 2 == 0 ? OptionalLong.empty() : OptionalLong.of((30 - i) * MB)))
        .toList();
    DominatorNode leaf = new DominatorNode(0, "app.Entry", "", 1200, 99, 30 * MB, List.of());
    DominatorNode map = new DominatorNode(0x7f10, "java.util.HashMap", HOSTILE, 1, 48, 50 * MB, List.of(leaf));
    HeapThread thread = new HeapThread(0x8f00, "worker <1>", true, 3 * MB, MB,
        List.of(new HeapThread.Frame("app.Worker.run(Worker.java:12)",
            List.of(new HeapThread.Local(0x8f10, "byte[]", 2 * MB))),
            new HeapThread.Frame("java.lang.VirtualThread.run", List.of())));
    return new HeapSummary(new DumpFacts("1.0.2", 8, WHEN, 123 * MB, true, "compressed references", 3210, 98, false),
        new ObjectTotals(12_345, 100 * MB), new ObjectTotals(67, 2 * MB), classes, classes.subList(0, 1),
        List.of(new HistogramLine("app loader @ 0x7f", 12, 300, OptionalLong.of(4 * MB))), List.of(map, leaf),
        List.of(new Suspect("50 % of the heap is held by app.Cache <CACHE>", "app.Cache", 50 * MB, 0.5, List.of(STEP),
            "app.Entry", 1200, 30 * MB, List.of())),
        List.of(new WasteLine("duplicate strings", "\"<b>\" 12 times, most in app.Entry.name", 12, 3000),
            new WasteLine("empty collections", "java.util.ArrayList", 400, 9600)),
        List.of(thread, new HeapThread(0x8f20, "main", false, MB / 2, 0, List.of())),
        List.of(new Holding("soft references", "java.lang.ref.SoftReference", 12, 5 * MB,
            "cleared <when> memory is short")),
        List.of(new NativeOwner("direct buffer", "java.nio.DirectByteBuffer", 12, 64 * MB, "capacity"),
            new NativeOwner("inflater", "java.util.zip.Inflater", 3, 0, "")),
        List.of(new Problem("dump.hprof", "record 9", "cut <short>")));
  }

  static HeapObject object() {
    HeapField size = new HeapField("size", "java.util.HashMap", "int", new HeapValue.Whole(7));
    HeapField table = new HeapField("table", "java.util.HashMap", "reference",
        new HeapValue.Reference(0x7f20, "java.util.HashMap$Node[]", "length 16"));
    HeapField none = new HeapField("keySet", "java.util.AbstractMap", "reference", HeapValue.NOTHING);
    return new HeapObject(MAP, true, List.of(size, table, none), 0,
        List.of(new Referrer(0x7f00, "java.lang.Class", HOSTILE, "static CACHE", false)), 3, List.of(STEP),
        List.of(MAP), List.of(new DominatorNode(0, "app.Entry", "", 1200, 99, 5 << 20, List.of())),
        Optional.of(map()));
  }

  private static CollectionLine map() {
    return new CollectionLine("java.util.HashMap", 1, 0, 0, 0, 7, new Places(5, 16, OptionalLong.of(2)),
        new Elsewhere(1, 3), 0, new CollectionParts(48, 304, 168, 5 << 20, 16), (5 << 20) + 536);
  }

  static HeapCollections collections() {
    List<CollectionLine> lines = new ArrayList<>(List.of(
        new CollectionLine("java.util.concurrent.ConcurrentHashMap", 1_234_567, 0, 12, 400_000, 9_876_543_210L,
            new Places(1_000_000, 4_000_000, OptionalLong.of(250_000)), new Elsewhere(123, 45_678), 3,
            new CollectionParts(48 * MB, 312 * MB, 100 * MB, 1040 * MB, 12 * MB), 1512 * MB),
        new CollectionLine("java.util.ArrayList", 500, 20, 100, 100, 1_500, new Places(1_500, 5_000,
            OptionalLong.empty()), new Elsewhere(0, 1_500), 0, new CollectionParts(12_000, 20_480, 0, 0, 0), 32_480),
        new CollectionLine("java.util.LinkedList", 1, 0, 1, 0, 0, new Places(0, 0, OptionalLong.empty()),
            new Elsewhere(0, 0), 0, new CollectionParts(32, 0, 0, 0, 0), 32),
        new CollectionLine(HOSTILE, 1, 0, 1, 0, 0, new Places(0, 0, OptionalLong.of(0)), new Elsewhere(0, 0), 0,
            new CollectionParts(48, 0, 0, 0, 0), 48)));
    for (int i = 0; i < 30; i++) {
      lines.add(new CollectionLine("app.Own" + i, 1, 0, 0, 1, 1, new Places(1, 10, OptionalLong.empty()),
          new Elsewhere(0, 1), 0, new CollectionParts(24, 56, 0, 0, 0), 80));
    }
    return new HeapCollections("", 2000 * MB, lines, List.of(new Problem("dump.hprof", "record 9", "cut short")));
  }

  static HeapClassAnswer ofClass() {
    PathNode leaf = new PathNode("table", "java.util.HashMap$Node[]", "", 12_000, List.of(), 0);
    return new HeapClassAnswer("app.*",
        List.of(new HistogramLine("app.Entry", 12_000, 400_000, OptionalLong.of(900_000)),
            new HistogramLine(HOSTILE, 1, 16, OptionalLong.empty())),
        List.of(MAP), new ObjectTotals(12_001, 400_016), new ObjectTotals(3, 96), OptionalLong.empty(), List.of(MAP),
        List.of(new PathNode("static CACHE", "java.lang.Class", HOSTILE, 12_000, List.of(leaf), 0)), 1);
  }

  static SelectAnswer rows() {
    return new SelectAnswer("SELECT …", List.of("s", "s", "bytes"),
        List.of(List.of(new HeapValue.Reference(0x7f10, "java.lang.String", HOSTILE), new HeapValue.Text(HOSTILE),
            new HeapValue.Whole(12)),
            List.of(HeapValue.NOTHING, new HeapValue.Decimal(Double.NaN), new HeapValue.Flag(true))),
        2_000, List.of("a note"));
  }

  /** More classes than are shown unless all are asked for. */
  static HeapHistogram histogram() {
    return new HeapHistogram(IntStream.rangeClosed(1, 32)
        .mapToObj(i -> new HistogramLine(i == 2 ? HOSTILE : "app.Class" + i, 1000L * i, (40 - i) * MB,
            OptionalLong.empty()))
        .toList(), List.of(new Problem("dump.hprof", "record 9", "cut short")));
  }

  static HeapDiff diff() {
    DumpFacts facts = new DumpFacts("1.0.2", 8, Instant.EPOCH, 1 << 20, false, "usual", 100, 20, false);
    Growth bytes = new Growth(1 << 20, 5 << 20);
    return new HeapDiff(facts, facts, new Growth(100, 500), bytes,
        List.of(new ClassGrowth("app.Entry", new Growth(1, 401), bytes, Optional.of(bytes)),
            new ClassGrowth(HOSTILE, new Growth(9_000, 3), new Growth(90, 1), Optional.empty())),
        List.of(new HolderGrowth(List.of("java.lang.Class app.Cache"), "static field app.Cache.MAP → table",
            "app.Entry", new Growth(1, 401), bytes)),
        List.of(new SuspectGrowth(HOSTILE, "app.Entry", Optional.empty(), Optional.of(new Pile(401, 5 << 20)))),
        List.of("a note"));
  }
}
