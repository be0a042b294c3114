package io.tare.heapdump.answers;

import io.tare.heapdump.hprof.Outline;
import io.tare.heapdump.hprof.ProblemLog;
import io.tare.heapdump.index.DumpIndex;
import io.tare.heapdump.index.Layout;
import io.tare.heapdump.store.Storage;
import io.tare.heapdump.waste.Waste;
import io.tare.model.heap.DumpFacts;
import io.tare.model.heap.HeapSummary;
import java.time.Instant;
import java.util.function.IntFunction;

/** Puts all answers together. */
public final class Summariser {
  private Summariser() {}

  public static HeapSummary summarise(HeapView view, Storage storage, ProblemLog problems) {
    Histogram histogram = new Histogram(view);
    LoaderNames loaders = new LoaderNames(view);
    DominatorForest forest = new DominatorForest(view);
    Labels labels = new Labels(view.reader());
    IntFunction<String> text = node -> view.reader().arrayText(view.address(node)).orElse("");
    if (view.graph().danglingReferences() > 0) {
      problems.add(0, view.graph().danglingReferences() + " references point to no object of the dump");
    }
    return new HeapSummary(
        facts(view),
        histogram.reachedTotals(),
        histogram.unreachableTotals(),
        histogram.byClass(),
        histogram.byPackage(),
        histogram.byLoader(loaders::of),
        forest.show(labels),
        new Suspects(view, forest).find(),
        Waste.find(view.graph(), view.reach(), storage, text),
        new Threads(view).list(),
        new Holdings(view, loaders).list(),
        new NativeOwners(view).list(),
        problems.toList());
  }

  private static DumpFacts facts(HeapView view) {
    DumpIndex index = view.graph().index();
    Outline outline = index.outline();
    return new DumpFacts(
        outline.header().version(),
        outline.header().idBytes(),
        Instant.ofEpochMilli(outline.header().takenAtMillis()),
        index.passes().file().size(),
        outline.truncated(),
        words(index.layout()),
        index.classes().count(),
        index.roots().size());
  }

  private static String words(Layout layout) {
    String references = layout.referenceBytes() == 4 ? "references of 4 bytes" : "references of 8 bytes";
    return references + ", headers of " + layout.headerBytes() + " bytes, alignment " + layout.alignmentBytes();
  }
}
