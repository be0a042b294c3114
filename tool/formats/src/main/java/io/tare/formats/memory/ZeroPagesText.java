package io.tare.formats.memory;

import static io.tare.formats.memory.FactLines.hex;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.facts.Fact;
import io.tare.model.AddressRange;
import io.tare.model.alloc.ZeroPages;
import io.tare.model.capture.ArtifactNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Zeros in anonymous mappings: {@code mapping start=7f00a000 end=7f10a000 page=4096 present=256 read=256 zero=120}. */
public final class ZeroPagesText {
  private static final String HEADER = "zero-pages";
  /** No machine has more pages: what is larger is no count. */
  private static final long MOST_PAGES = 1L << 40;

  private ZeroPagesText() {}

  public static String write(List<ZeroPages> mappings) {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of(HEADER, "mappings", mappings.size()));
    for (ZeroPages zeros : mappings) {
      facts.add(Fact.of("mapping", "start", hex(zeros.range().start()), "end", hex(zeros.range().end()), "page",
          zeros.pageBytes(), "present", zeros.presentPages(), "read", zeros.readPages(), "zero", zeros.zeroPages()));
    }
    return FactLines.text(facts, List.of());
  }

  public static Parsed<List<ZeroPages>> parse(String text, ParseLimits limits) throws NotThisFormat {
    FactLines lines = FactLines.of(ArtifactNames.ZEROS, HEADER, text, limits);
    List<ZeroPages> mappings = new ArrayList<>();
    for (Fact fact : lines.withWord("mapping")) {
      lines.range(fact).flatMap(range -> zeros(range, fact)).ifPresent(mappings::add);
    }
    return new Parsed<>(List.copyOf(mappings), lines.problems());
  }

  /** Empty where the counts contradict each other. */
  private static Optional<ZeroPages> zeros(AddressRange range, Fact fact) {
    long page = fact.number("page").orElse(0);
    long present = fact.number("present").orElse(-1);
    long read = fact.number("read").orElse(-1);
    long zero = fact.number("zero").orElse(-1);
    boolean sound = page > 0 && page <= 1 << 20 && zero >= 0 && zero <= read && read <= present && present < MOST_PAGES;
    return sound ? Optional.of(new ZeroPages(range, page, present, read, zero)) : Optional.empty();
  }
}
