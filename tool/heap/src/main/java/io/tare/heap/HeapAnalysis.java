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
import io.tare.heap.saved.IndexPlace;
import io.tare.heap.saved.SavedHeap;
import io.tare.heap.saved.SavedSummary;
import io.tare.heap.store.Storage;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HistogramLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    return analyse(dump, options, progress, IndexPlace.NONE);
  }

  /** The same, with what is kept of the dump, or to be kept. */
  public static HeapSummary analyse(Path dump, HeapOptions options, HeapProgress progress, IndexPlace place)
      throws IOException, NotAHeapDump {
    Optional<HeapSummary> known = SavedSummary.open(place);
    if (known.isPresent()) {
      return known.get();
    }
    HeapSummary summary = ask(dump, options, progress, place, Summariser::summarise);
    SavedSummary.write(summary, place);
    return summary;
  }

  /** What is asked of an analysed dump. */
  public interface Question<T, E extends Exception> {
    T answer(HeapView view, Storage storage, ProblemLog problems) throws E;
  }

  /** Answers one question of one dump; the view is good until then. */
  public static <T, E extends Exception> T ask(
      Path dump, HeapOptions options, HeapProgress progress, Question<T, E> question)
      throws IOException, NotAHeapDump, E {
    return ask(dump, options, progress, IndexPlace.NONE, question);
  }

  /** The same, from the index if there is one, else with one made if it is welcome. */
  public static <T, E extends Exception> T ask(
      Path dump, HeapOptions options, HeapProgress progress, IndexPlace place, Question<T, E> question)
      throws IOException, NotAHeapDump, E {
    ProblemLog problems = new ProblemLog();
    Steps steps = new Steps(progress);
    try (Storage storage = new Storage(options.memoryBytes(), options.temporaryFolder());
        DumpFile file = DumpFile.open(dump, options.temporaryFolder(), problems)) {
      Optional<SavedHeap> saved = SavedHeap.open(place, file, storage,
          (outline, log) -> new Passes(file, outline.header().idBytes(), log, options.threads(), steps::add));
      if (saved.isPresent()) {
        try (SavedHeap known = saved.get()) {
          steps.begin("answering", file.size());
          return question.answer(known.view(), storage, known.problems());
        }
      }
      Outline outline = OutlineReader.read(file, problems);
      outline.checkThatSizesAreKnown();
      Passes passes = new Passes(file, outline.header().idBytes(), problems, options.threads(), steps::add);
      steps.begin("indexing objects", file.size());
      try (DumpIndex index = DumpIndex.build(outline, passes, options.strength(), storage);
          Kept kept = Kept.begin(place, index)) {
        DumpIndex known = kept.isWelcome() ? index.withReferences(storage) : index;
        steps.begin("reading references", file.size());
        HeapGraph graph = HeapGraph.build(known, storage);
        steps.begin("following references", 0);
        Reach reach = Reach.of(graph, storage);
        steps.begin("finding dominators", 0);
        DominatorTree tree = DominatorTree.of(new HeapParts(graph, reach, storage), HeapClass::packageName);
        HeapView view = new HeapView(graph, reach, tree, new ObjectReader(known));
        steps.begin(kept.isWelcome() ? "keeping what was found" : "answering", file.size());
        kept.write(view, storage, problems);
        steps.begin("answering", file.size());
        return question.answer(view, storage, problems);
      }
    }
  }
}

/** The index that is being made, if one is welcome. A disk that fills up costs the index, not the answer. */
record Kept(IndexPlace place, Optional<IndexPlace.Writing> writing) implements AutoCloseable {
  static Kept begin(IndexPlace place, DumpIndex index) {
    return new Kept(place, place.begin(IndexPlace.Part.HEAP, SavedHeap.aboutBytes(index)));
  }

  boolean isWelcome() {
    return writing.isPresent();
  }

  void write(HeapView view, Storage storage, ProblemLog problems) {
    try {
      if (writing.isPresent()) {
        SavedHeap.write(view, storage, problems, writing.get(), place.stamp());
      }
    } catch (IOException why) {
      place.failed(why);
    }
  }

  @Override
  public void close() throws IOException {
    if (writing.isPresent()) {
      writing.get().close();
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
