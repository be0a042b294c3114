package io.tare.heap;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.answers.Summariser;
import io.tare.heap.dominators.DominatorTree;
import io.tare.heap.dominators.DominatorTree.HeapParts;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.hprof.DumpFile;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.OutlineReader;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.Passes;
import io.tare.heap.index.QuickHistogram;
import io.tare.heap.store.Storage;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HistogramLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** From a heap dump to its summary: the way in for everybody else. */
public final class HeapAnalysis {
  private HeapAnalysis() {}

  /**
   * Objects and bytes by class, reachable or not: one quick walk in little memory.
   *
   * @throws NotAHeapDump if the file is something else
   */
  public static HeapHistogram histogram(Path dump, HeapOptions options, HeapProgress progress)
      throws IOException, NotAHeapDump {
    ProblemLog problems = new ProblemLog();
    Steps steps = new Steps(progress);
    try (DumpFile file = DumpFile.open(dump, options.temporaryFolder(), problems)) {
      Outline outline = OutlineReader.read(file, problems);
      outline.checkThatSizesAreKnown();
      steps.begin("counting objects", file.size());
      List<HistogramLine> lines = QuickHistogram.of(
          outline, new Passes(file, outline.header().idBytes(), problems, options.threads(), steps::add));
      return new HeapHistogram(lines, problems.toList());
    }
  }

  /**
   * Analyses a dump, compressed or not.
   *
   * @throws NotAHeapDump if it is something else
   */
  public static HeapSummary analyse(Path dump, HeapOptions options, HeapProgress progress)
      throws IOException, NotAHeapDump {
    return ask(dump, options, progress, Summariser::summarise);
  }

  /** What is asked of an analysed dump. */
  public interface Question<T, E extends Exception> {
    T answer(HeapView view, Storage storage, ProblemLog problems) throws E;
  }

  /** Answers one question of one dump; the view is good until then. */
  public static <T, E extends Exception> T ask(
      Path dump, HeapOptions options, HeapProgress progress, Question<T, E> question)
      throws IOException, NotAHeapDump, E {
    ProblemLog problems = new ProblemLog();
    Steps steps = new Steps(progress);
    try (Storage storage = new Storage(options.memoryBytes(), options.temporaryFolder());
        DumpFile file = DumpFile.open(dump, options.temporaryFolder(), problems)) {
      Outline outline = OutlineReader.read(file, problems);
      outline.checkThatSizesAreKnown();
      Passes passes = new Passes(file, outline.header().idBytes(), problems, options.threads(), steps::add);
      steps.begin("indexing objects", file.size());
      try (DumpIndex index = DumpIndex.build(outline, passes, options.strength(), storage)) {
        steps.begin("reading references", file.size());
        HeapGraph graph = HeapGraph.build(index, storage);
        steps.begin("following references", 0);
        Reach reach = Reach.of(graph, storage);
        steps.begin("finding dominators", 0);
        DominatorTree tree = DominatorTree.of(new HeapParts(graph, reach, storage), HeapClass::packageName);
        steps.begin("answering", file.size());
        return question.answer(new HeapView(graph, reach, tree, new ObjectReader(index)), storage, problems);
      }
    }
  }
}

/** Adds up what is done of the present step. */
final class Steps {
  private final HeapProgress progress;
  private final AtomicLong done = new AtomicLong();
  private volatile String step = "";
  private volatile long total;

  Steps(HeapProgress progress) {
    this.progress = progress;
  }

  void begin(String name, long totalBytes) {
    step = name;
    total = totalBytes;
    done.set(0);
    progress.at(name, 0, totalBytes);
  }

  void add(long bytes) {
    progress.at(step, done.addAndGet(bytes), total);
  }
}
