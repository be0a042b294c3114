package io.tare.model.report;

import io.tare.model.Problem;
import io.tare.model.ledger.ByteRange;
import io.tare.model.ledger.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is to be shown of one reading of one process.
 *
 * @param unread what was refused, which is to be said first; empty when nothing was
 * @param ledger empty when the mappings could not be read; {@code notes} then says why
 * @param remedies of all verdicts, biggest return first, each once
 * @param details single facts for those who ask: heap never touched, age of the last collection, arenas …
 * @param notes what is missing, and what would unlock it
 */
public record Report(
    Instant takenAt,
    ReportTarget target,
    Scales scales,
    Optional<Unread> unread,
    Optional<Net> net,
    Optional<Ledger> ledger,
    List<Verdict> verdicts,
    List<Remedy> remedies,
    List<Figure> details,
    List<ThreadLine> threads,
    List<MappingLine> mappings,
    Observer observer,
    List<String> notes,
    List<Problem> problems) {
  public Report {
    verdicts = List.copyOf(verdicts);
    remedies = List.copyOf(remedies);
    details = List.copyOf(details);
    threads = List.copyOf(threads);
    mappings = List.copyOf(mappings);
    notes = List.copyOf(notes);
    problems = List.copyOf(problems);
  }

  /** Gross less net, never below zero; empty when net is unknown. */
  public Optional<ByteRange> tare() {
    return net.map(known -> known.bytes().takenFrom(scales.rssBytes()));
  }
}
