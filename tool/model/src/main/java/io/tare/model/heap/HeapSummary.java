package io.tare.model.heap;

import io.tare.model.Problem;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.NativeBridge.NativeOwner;
import java.util.List;

/**
 * The answers to the questions about one heap dump.
 *
 * @param reached objects that the roots reach: the live heap
 * @param unreachable what a collection would free
 * @param byClass biggest retained first
 * @param dominators the biggest holders, as a forest; biggest first
 * @param waste most bytes to be returned first
 */
public record HeapSummary(
    DumpFacts dump,
    ObjectTotals reached,
    ObjectTotals unreachable,
    List<HistogramLine> byClass,
    List<HistogramLine> byPackage,
    List<HistogramLine> byLoader,
    List<DominatorNode> dominators,
    List<Suspect> suspects,
    List<WasteLine> waste,
    List<HeapThread> threads,
    List<Holding> holdings,
    List<NativeOwner> nativeOwners,
    List<Problem> problems) {
  public HeapSummary {
    byClass = List.copyOf(byClass);
    byPackage = List.copyOf(byPackage);
    byLoader = List.copyOf(byLoader);
    dominators = List.copyOf(dominators);
    suspects = List.copyOf(suspects);
    waste = List.copyOf(waste);
    threads = List.copyOf(threads);
    holdings = List.copyOf(holdings);
    nativeOwners = List.copyOf(nativeOwners);
    problems = List.copyOf(problems);
  }
}
