package io.tare.heap.saved;

import io.tare.heap.saved.IndexPlace.Part;
import io.tare.heap.saved.IndexPlace.Writing;
import io.tare.heap.store.Packed;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import io.tare.model.heap.HeapSummary;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.Optional;

/** The answer to the usual question, kept as it was. */
public final class SavedSummary {
  private static final RecordForm FORM = RecordForm.of(HeapSummary.class);
  private static final String SECTION = "summary";

  private SavedSummary() {}

  /** Empty if none is kept of this dump, or what is kept does not fit. */
  public static Optional<HeapSummary> open(IndexPlace place) throws IOException {
    Optional<Sections> kept = SavedHeap.sections(place, Part.SUMMARY, FORM.words());
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try (Sections sections = kept.get()) {
      return Optional.of((HeapSummary) FORM.read(sections.packed(SECTION)));
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException unfit) {
      return Optional.empty();
    }
  }

  public static void write(HeapSummary summary, IndexPlace place) {
    Packed.Out out = new Packed.Out();
    FORM.write(summary, out);
    Optional<Writing> begun = place.begin(Part.SUMMARY, out.bytes().length);
    if (begun.isPresent()) {
      try (Writing writing = begun.get()) {
        SectionWriter to = new SectionWriter(writing.channel());
        to.add(SECTION, out);
        writing.putInPlace(to.finish(place.stamp() + FORM.words()));
      } catch (IOException why) {
        place.failed(why);
      }
    }
  }
}
