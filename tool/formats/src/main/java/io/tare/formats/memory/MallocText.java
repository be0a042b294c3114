package io.tare.formats.memory;

import static io.tare.formats.memory.FactLines.hex;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.facts.Fact;
import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.capture.ArtifactNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * malloc as it was walked:
 *
 * <pre>
 * malloc allocator=glibc
 * arena address=7f0000000030 main=false system=135168 used=2640 free=132528 resident=8192 complete=true
 * segment arena=7f0000000030 start=7f0000000000 end=7f0000021000
 * mmapped start=7f1000000000 end=7f1000501000
 * tables start=7f2000000000 end=7f2000200000
 * </pre>
 *
 * <p>{@code walked} names an allocator other than glibc's whose regions the arenas are, {@code tables} where it keeps its structures.

 */
public final class MallocText {
  private static final String HEADER = "malloc";

  private MallocText() {}

  public static String write(Parsed<MallocReading> malloc) {
    MallocReading reading = malloc.value();
    List<Fact> facts = new ArrayList<>();
    facts.add(reading.walked().map(name -> Fact.of(HEADER, "allocator", reading.allocator(), "walked", name))
        .orElseGet(() -> Fact.of(HEADER, "allocator", reading.allocator())));
    for (Arena arena : reading.arenas()) {
      facts.add(Fact.of("arena", "address", hex(arena.address()), "main", arena.main(), "system", arena.systemBytes(),
          "used", arena.inUseBytes(), "free", arena.freeBytes(), "resident", arena.freeResidentBytes(), "complete",
          arena.complete()));
      arena.segments().forEach(segment -> facts.add(range("segment", segment, "arena", hex(arena.address()))));
    }
    reading.mmappedChunks().forEach(chunk -> facts.add(range("mmapped", chunk)));
    reading.tables().forEach(table -> facts.add(range("tables", table)));
    return FactLines.text(facts, malloc.problems());
  }

  private static Fact range(String word, AddressRange range, String... more) {
    List<Object> values = new ArrayList<>(List.of(more));
    values.addAll(List.of("start", hex(range.start()), "end", hex(range.end())));
    return Fact.of(word, values.toArray());
  }

  public static Parsed<MallocReading> parse(String text, ParseLimits limits) throws NotThisFormat {
    FactLines lines = FactLines.of(ArtifactNames.MALLOC, HEADER, text, limits);
    Segments segments = Segments.of(lines);
    List<Arena> arenas = new ArrayList<>();
    for (Fact fact : lines.withWord("arena")) {
      arena(fact, segments).ifPresentOrElse(arenas::add,
          () -> lines.problem(fact, "expected an address and four counts of bytes"));
    }
    List<AddressRange> chunks = new ArrayList<>();
    lines.withWord("mmapped").forEach(fact -> lines.range(fact).ifPresent(chunks::add));
    String allocator = lines.header().text("allocator").orElse(MallocReading.UNKNOWN);
    List<AddressRange> tables = new ArrayList<>();
    lines.withWord("tables").forEach(fact -> lines.range(fact).ifPresent(tables::add));
    Optional<String> walked = lines.header().text("walked").filter(name -> !name.isEmpty());
    return new Parsed<>(new MallocReading(allocator, arenas, chunks, walked, tables), lines.problems());
  }

  private static Optional<Arena> arena(Fact fact, Segments segments) {
    OptionalLong address = fact.address("address");
    OptionalLong system = fact.number("system");
    OptionalLong used = fact.number("used");
    OptionalLong free = fact.number("free");
    OptionalLong resident = fact.number("resident");
    if (address.isEmpty() || system.isEmpty() || used.isEmpty() || free.isEmpty() || resident.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Arena(address.getAsLong(), isTrue(fact, "main"), system.getAsLong(), used.getAsLong(),
        free.getAsLong(), resident.getAsLong(), isTrue(fact, "complete"), segments.of(address.getAsLong())));
  }

  private static boolean isTrue(Fact fact, String key) {
    return fact.text(key).filter("true"::equals).isPresent();
  }
}
