package io.tare.heap;

import io.tare.heap.HeapAnalysis.Foresight;
import io.tare.heap.HeapAnalysis.Question;
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
import io.tare.heap.index.Classes;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.Passes;
import io.tare.heap.saved.IndexPlace;
import io.tare.heap.saved.IndexPlace.Part;
import io.tare.heap.saved.IndexPlace.Writing;
import io.tare.heap.saved.SavedHeap;
import io.tare.heap.saved.SavedSummary;
import io.tare.heap.store.Storage;
import io.tare.model.heap.HeapSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dump that is analysed once and asked as often as somebody likes, one question after the other. */
public final class HeapSession implements AutoCloseable {
  private final Storage storage;
  private final DumpFile file;
  private final ProblemLog problems;
  private final HeapView view;
  private final Base base;
  private final IndexPlace place;
  private final Steps steps;
  private Optional<HeapSummary> summary = Optional.empty();
  private boolean isClosed;

  private HeapSession(Parts parts, HeapView view, ProblemLog problems, Base base) {
    this.storage = parts.storage();
    this.file = parts.file();
    this.place = parts.place();
    this.steps = parts.steps();
    this.view = view;
    this.problems = problems;
    this.base = base;
  }

  /** What the view rests on: the index of this analysis, or the mapped one. */
  private interface Base {
    void close();
  }

  private record Parts(Storage storage, DumpFile file, IndexPlace place, Steps steps, HeapOptions options) {
    Passes passes(Outline outline, ProblemLog log) {
      return new Passes(file, outline.header().idBytes(), log, options.threads(), steps::add);
    }
  }

  /**
   * Opens a dump: from its index if there is one, else by an analysis, which leaves an index where that is welcome.
   *
   * @throws NotAHeapDump if it is something else
   */
  public static HeapSession open(Path dump, HeapOptions options, HeapProgress progress, IndexPlace place)
      throws IOException, NotAHeapDump {
    return HeapSession.<RuntimeException>open(dump, options, progress, place, names -> {});
  }

  /** The same, unless it can be foreseen that it is of no use. */
  static <E extends Exception> HeapSession open(Path dump, HeapOptions options, HeapProgress progress, IndexPlace place,
      Foresight<E> foresight) throws IOException, NotAHeapDump, E {
    ProblemLog problems = new ProblemLog();
    Storage storage = new Storage(options.memoryBytes(), options.temporaryFolder());
    DumpFile file = null;
    boolean done = false;
    try {
      file = DumpFile.open(dump, options.temporaryFolder(), problems);
      Parts parts = new Parts(storage, file, place, new Steps(progress), options);
      HeapSession session = open(parts, problems, foresight);
      done = true;
      return session;
    } finally {
      if (!done) {
        giveBack(storage, file);
      }
    }
  }

  private static void giveBack(Storage storage, @Nullable DumpFile file) throws IOException {
    try (storage) {
      if (file != null) {
        file.close();
      }
    }
  }

  private static <E extends Exception> HeapSession open(Parts parts, ProblemLog problems, Foresight<E> foresight)
      throws IOException, NotAHeapDump, E {
    Optional<SavedHeap> saved = SavedHeap.open(parts.place(), parts.file(), parts.storage(), parts::passes);
    if (saved.isPresent()) {
      return new HeapSession(parts, saved.get().view(), saved.get().problems(), saved.get()::close);
    }
    Outline outline = OutlineReader.read(parts.file(), problems);
    outline.checkThatSizesAreKnown();
    foresight.look(Classes.namesOnly(outline));
    parts.steps().begin("indexing objects", parts.file().size());
    DumpIndex index = DumpIndex.build(outline, parts.passes(outline, problems), parts.options().strength(),
        parts.storage());
    Optional<Writing> writing = parts.place().begin(Part.HEAP, SavedHeap.aboutBytes(index));
    HeapView view = view(writing.isPresent() ? index.forSingleObjects(parts.storage()) : index, parts);
    if (writing.isPresent()) {
      keep(view, problems, writing.get(), parts);
    }
    return new HeapSession(parts, view, problems, index::close);
  }

  private static HeapView view(DumpIndex index, Parts parts) {
    Steps steps = parts.steps();
    steps.begin("reading references", parts.file().size());
    HeapGraph graph = HeapGraph.build(index, parts.storage());
    steps.begin("following references", 0);
    Reach reach = Reach.of(graph, parts.storage());
    steps.begin("finding dominators", 0);
    DominatorTree tree = DominatorTree.of(new HeapParts(graph, reach, parts.storage()), HeapClass::packageName);
    return new HeapView(graph, reach, tree, new ObjectReader(index));
  }

  /** A disk that fills up costs the index, not the answer. */
  private static void keep(HeapView view, ProblemLog problems, Writing writing, Parts parts) throws IOException {
    parts.steps().begin("keeping what was found", 0);
    try (writing) {
      SavedHeap.write(view, parts.storage(), problems, writing, parts.place().stamp());
    } catch (IOException why) {
      parts.place().failed(why);
    }
  }

  /** Answers one question. What it reads of single objects goes with it. */
  public synchronized <T, E extends Exception> T ask(Question<T, E> question) throws E {
    if (isClosed) {
      throw new IllegalStateException("the session is closed");
    }
    steps.begin("answering", file.size());
    HeapView own = new HeapView(view.graph(), view.reach(), view.tree(), new ObjectReader(view.graph().index()));
    return question.answer(own, storage, problems);
  }

  /** The answer to the usual question, kept where that is welcome. */
  public synchronized HeapSummary summary() throws IOException {
    if (summary.isEmpty()) {
      summary = SavedSummary.open(place);
    }
    if (summary.isEmpty()) {
      HeapSummary found = this.<HeapSummary, RuntimeException>ask(Summariser::summariseAndKeep);
      SavedSummary.write(found, place);
      summary = Optional.of(found);
    }
    return summary.get();
  }

  /** Waits for the question that is being answered: what it reads goes away. */
  @Override
  public synchronized void close() throws IOException {
    isClosed = true;
    try (storage; file) {
      base.close();
    }
  }
}
