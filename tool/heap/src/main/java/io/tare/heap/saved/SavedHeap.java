package io.tare.heap.saved;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.dominators.DominatorTree;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.hprof.DumpFile;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.Passes;
import io.tare.heap.index.SavedIndex;
import io.tare.heap.saved.IndexPlace.Kept;
import io.tare.heap.saved.IndexPlace.Part;
import io.tare.heap.saved.IndexPlace.Writing;
import io.tare.heap.store.Packed;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import io.tare.heap.store.Storage;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.BiFunction;

/** An analysed dump, mapped from its index. */
public final class SavedHeap implements AutoCloseable {
  /** Measured: per object, and for what pieces of the dump refer to, per byte of it. */
  private static final int BYTES_PER_OBJECT = 22;
  private static final int DUMP_BYTES_PER_BYTE = 30;

  private final Sections sections;
  private final HeapView view;
  private final ProblemLog problems;

  private SavedHeap(Sections sections, HeapView view, ProblemLog problems) {
    this.sections = sections;
    this.view = view;
    this.problems = problems;
  }

  /** Empty if nothing is kept of this dump, or what is kept does not fit. */
  public static Optional<SavedHeap> open(IndexPlace place, DumpFile file, Storage storage,
      BiFunction<Outline, ProblemLog, Passes> passes) throws IOException {
    Optional<Sections> sections = sections(place, Part.HEAP, "");
    if (sections.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(sections.get(), file, storage, passes));
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException unfit) {
      sections.get().close();
      return Optional.empty();
    }
  }

  /** What is kept of the dump; empty if nothing is, or what is does not fit. */
  static Optional<Sections> sections(IndexPlace place, Part part, String form) throws IOException {
    try {
      Optional<Kept> kept = place.open(part);
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      try (Kept file = kept.get()) {
        return Sections.open(file.channel(), file.writtenMillis(), place.stamp() + form);
      }
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private static SavedHeap read(Sections from, DumpFile file, Storage storage,
      BiFunction<Outline, ProblemLog, Passes> passes) {
    ProblemLog problems = ProblemLog.read(from.packed("problems"));
    DumpIndex index = SavedIndex.read(from, file, outline -> passes.apply(outline, problems));
    HeapGraph graph = HeapGraph.read(from, index, storage);
    Reach reach = Reach.read(from, graph, storage);
    return new SavedHeap(from, new HeapView(graph, reach, DominatorTree.read(from, reach), new ObjectReader(index)),
        problems);
  }

  /** Writes what the view has, if that is welcome. */
  public static void write(HeapView view, Storage storage, ProblemLog problems, Writing writing, String stamp)
      throws IOException {
    SectionWriter to = new SectionWriter(writing.channel());
    Packed.Out log = new Packed.Out();
    problems.write(log);
    to.add("problems", log);
    SavedIndex.write(view.graph().index(), to);
    view.graph().write(to);
    to.add(SavedHistogram.SECTION, SavedHistogram.write(view.graph()));
    view.reach().write(to);
    view.tree().write(to, storage);
    writing.putInPlace(to.finish(stamp));
  }

  public static long aboutBytes(DumpIndex index) {
    return (long) BYTES_PER_OBJECT * index.objects().size() + index.passes().file().size() / DUMP_BYTES_PER_BYTE;
  }

  public HeapView view() {
    return view;
  }

  public ProblemLog problems() {
    return problems;
  }

  @Override
  public void close() {
    sections.close();
  }
}
