package io.tare.heap.saved;

import io.tare.heap.graph.HeapGraph;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.index.Shapes;
import io.tare.heap.saved.IndexPlace.Part;
import io.tare.heap.store.Packed;
import io.tare.heap.store.Sections;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Objects and bytes by class, reachable or not, kept with the index, so that nobody has to walk over the dump for them again. */
public final class SavedHistogram {
  static final String SECTION = "histogram";

  private SavedHistogram() {}

  static Packed.Out write(HeapGraph graph) {
    Shapes shapes = graph.shapes();
    long[] objects = new long[shapes.count()];
    for (int node = 1; node <= graph.objects(); node++) {
      objects[shapes.shapeOf(node)]++;
    }
    Map<String, long[]> sums = new HashMap<>();
    for (int shape = 1; shape < objects.length; shape++) {
      if (objects[shape] > 0) {
        long[] sum = sums.computeIfAbsent(graph.index().classes().get(shapes.classOfShape(shape)).name(),
            name -> new long[2]);
        sum[0] += objects[shape];
        sum[1] += objects[shape] * shapes.bytesOfShape(shape);
      }
    }
    Packed.Out out = new Packed.Out();
    out.i4(sums.size());
    sums.entrySet().stream()
        .sorted(Comparator.comparingLong((Map.Entry<String, long[]> line) -> line.getValue()[1]).reversed()
            .thenComparing(Map.Entry::getKey))
        .forEach(line -> {
          out.text(line.getKey());
          out.i8(line.getValue()[0]);
          out.i8(line.getValue()[1]);
        });
    return out;
  }

  /** Empty if nothing is kept of this dump, or what is kept does not fit. */
  public static Optional<HeapHistogram> open(IndexPlace place) throws IOException {
    Optional<Sections> kept = SavedHeap.sections(place, Part.HEAP, "");
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try (Sections sections = kept.get()) {
      Packed.In in = sections.packed(SECTION);
      List<HistogramLine> lines = new ArrayList<>();
      for (int left = in.i4(); left > 0; left--) {
        lines.add(new HistogramLine(in.text(), in.i8(), in.i8(), OptionalLong.empty()));
      }
      return Optional.of(new HeapHistogram(lines, ProblemLog.read(sections.packed("problems")).toList()));
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException unfit) {
      return Optional.empty();
    }
  }
}
