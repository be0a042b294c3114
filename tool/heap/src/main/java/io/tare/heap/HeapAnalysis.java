package io.tare.heap;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Summariser;
import io.tare.heap.hprof.DumpFile;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.OutlineReader;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.index.Classes;
import io.tare.heap.index.Passes;
import io.tare.heap.index.QuickHistogram;
import io.tare.heap.saved.IndexPlace;
import io.tare.heap.saved.SavedHistogram;
import io.tare.heap.saved.SavedSummary;
import io.tare.heap.store.Storage;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

  /** The same, from what is kept of the dump if there is something. */
  public static HeapHistogram histogram(Path dump, HeapOptions options, HeapProgress progress, IndexPlace place)
      throws IOException, NotAHeapDump {
    Optional<HeapHistogram> kept = SavedHistogram.open(place);
    return kept.isPresent() ? kept.get() : histogram(dump, options, progress);
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
    HeapSummary summary = HeapAnalysis.<HeapSummary, RuntimeException>ask(dump, options, progress, place,
        Summariser::summarise);
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
    return ask(dump, options, progress, place, names -> {}, question);
  }

  /** Refuses a question that can't be answered, by the names of the classes alone. */
  public interface Foresight<E extends Exception> {
    void look(Classes names) throws E;
  }

  /** The same; a mistake that the names of the classes show costs no analysis. */
  public static <T, E extends Exception> T ask(Path dump, HeapOptions options, HeapProgress progress, IndexPlace place,
      Foresight<E> foresight, Question<T, E> question) throws IOException, NotAHeapDump, E {
    try (HeapSession session = HeapSession.open(dump, options, progress, place, foresight)) {
      return session.ask(question);
    }
  }
}
