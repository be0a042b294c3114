package io.tare.heap.answers;

import io.tare.heap.answers.Holdings.LoaderNames;
import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.answers.RootPaths.ReferenceNames;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.store.Storage;
import io.tare.heap.waste.Waste;
import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.DumpFacts;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HeapThread;
import io.tare.model.heap.Holding;
import io.tare.model.heap.NativeBridge.NativeOwner;
import io.tare.model.heap.Suspect;
import io.tare.model.heap.WasteLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts all answers together. */
public final class Summariser {
  private Summariser() {}

  /** Gives back what of the view the rest of the work does without: the view is of no use afterwards. */
  public static HeapSummary summarise(HeapView view, Storage storage, ProblemLog problems) {
    return summarise(view, storage, problems, false);
  }

  /** Leaves the view as it is, for other questions. */
  public static HeapSummary summariseAndKeep(HeapView view, Storage storage, ProblemLog problems) {
    return summarise(view, storage, problems, true);
  }

  private static HeapSummary summarise(HeapView view, Storage storage, ProblemLog problems, boolean keep) {
    Histogram histogram = new Histogram(view);
    LoaderNames loaders = new LoaderNames(view);
    DominatorForest forest = new DominatorForest(view);
    if (view.graph().danglingReferences() > 0) {
      problems.addOfAll(view.graph().danglingReferences() + " references point to no object of the dump");
    }
    List<DominatorNode> dominators = forest.show(new Labels(view.reader()));
    List<Suspect> suspects = new Suspects(view, forest).find();
    Threads allThreads = new Threads(view);
    List<HeapThread> threads = allThreads.list();
    long withoutStack = allThreads.withoutStack();
    if (withoutStack > 0) {
      problems.addOfAll(withoutStack + " virtual threads come without a stack: they have not started, have"
          + " ended, or the JVM left them out; what their local variables hold may count as unreachable");
    }
    List<Holding> holdings = new Holdings(view, loaders, histogram.hasObjects()).list();
    List<NativeOwner> nativeOwners = new NativeOwners(view).list();
    if (!keep) {
      // The search for waste needs room of its own, and neither of these.
      view.reach().forgetOrder();
      view.tree().forgetRetained();
    }
    List<WasteLine> waste = Waste.find(view.graph(), view.reach(), storage, new WasteNames(view));
    return new HeapSummary(
        facts(view),
        histogram.reachedTotals(),
        histogram.unreachableTotals(),
        histogram.byClass(),
        histogram.byPackage(),
        histogram.byLoader(loaders::of),
        dominators,
        suspects,
        waste,
        threads,
        holdings,
        nativeOwners,
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
        index.layoutWords(),
        index.classes().count(),
        index.roots().size(),
        view.graph().roots().standIns());
  }
}

/** Reads from the dump what the search for waste wants to be named. */
final class WasteNames implements Waste.Names {
  private static final String STATIC = "static ";

  private final HeapView view;
  private final ReferenceNames references;

  WasteNames(HeapView view) {
    this.view = view;
    this.references = new ReferenceNames(view.reader(), view.graph().index().outline().names());
  }

  @Override
  public String text(int array) {
    return view.reader().arrayText(view.address(array)).orElse("");
  }

  @Override
  public String field(int from, int to) {
    Optional<ObjectRecord> record = view.reader().find(view.address(from));
    String reference = record.map(known -> references.of(known, view.address(to))).orElse("");
    return switch (record.orElse(null)) {
      case ObjectRecord.Mirror mirror when reference.startsWith(STATIC) -> mirror.described().name() + "."
          + reference.substring(STATIC.length());
      case ObjectRecord.Instance instance when !reference.isEmpty() -> instance.heapClass().name() + "." + reference;
      case null, default -> "";
    };
  }
}
