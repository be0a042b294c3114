package io.tare.formats.memory;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.facts.Fact;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Cost;
import io.tare.model.profile.TypeCensus.Live;
import io.tare.model.profile.TypeCensus.Truth;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Objects by type:
 *
 * <pre>
 * census runtime=hotspot truth=consistent one_in=1 unparsed=0 wall_ms=310 cpu_ms=290 read=52428800 attempts=1
 * type objects=120 bytes=2880 name=java.lang.String module=
 * live old=31457280 old_used=52428800 unread_stacks=1 unreadable=0
 * </pre>
 *
 * The last line stands where only what is reached was counted.
 *
 * Without a first line's {@code runtime} nothing was counted.
 */
public final class TypeCensusText {
  private static final String HEADER = "census";

  private TypeCensusText() {}

  public static String write(Parsed<Optional<TypeCensus>> census) {
    List<Fact> facts = new ArrayList<>();
    if (census.value().isEmpty()) {
      return FactLines.text(List.of(Fact.of(HEADER)), census.problems());
    }
    TypeCensus taken = census.value().get();
    Cost cost = taken.cost();
    facts.add(Fact.of(HEADER, "runtime", taken.runtime(), "truth", taken.truth().word(), "one_in", taken.oneIn(),
        "unparsed", taken.unparsedBytes(), "wall_ms", cost.wallMillis(), "cpu_ms", cost.cpuMillis(), "read",
        cost.bytesRead(), "attempts", cost.attempts()));
    for (TypeCount type : taken.types()) {
      facts.add(Fact.of("type", "objects", type.objects(), "bytes", type.bytes(), "name", type.name(), "module",
          type.module()));
    }
    taken.live().ifPresent(live -> facts.add(Fact.of("live", "old", live.oldBytes(), "old_used", live.oldUsedBytes(),
        "unread_stacks", live.unreadStacks(), "unreadable", live.unreadable())));
    return FactLines.text(facts, census.problems());
  }

  public static Parsed<Optional<TypeCensus>> parse(String artifact, String text, ParseLimits limits)
      throws NotThisFormat {
    FactLines lines = FactLines.of(artifact, HEADER, text, limits);
    Fact head = lines.header();
    Optional<Truth> truth = Arrays.stream(Truth.values())
        .filter(one -> one.word().equals(head.text("truth").orElse(""))).findFirst();
    if (head.text("runtime").isEmpty() || truth.isEmpty()) {
      return new Parsed<>(Optional.empty(), lines.problems());
    }
    List<TypeCount> types = new ArrayList<>();
    for (Fact fact : lines.withWord("type")) {
      long objects = fact.number("objects").orElse(-1);
      long bytes = fact.number("bytes").orElse(-1);
      if (objects < 0 || bytes < 0) {
        lines.problem(fact, "expected 'objects=<number> bytes=<number>'");
      } else {
        types.add(new TypeCount(fact.text("name").orElse(""), fact.text("module").orElse(""), objects, bytes));
      }
    }
    Cost cost = new Cost(number(head, "wall_ms"), number(head, "cpu_ms"), number(head, "read"),
        (int) Math.min(number(head, "attempts"), Integer.MAX_VALUE));
    int oneIn = Math.clamp(number(head, "one_in"), 1, Integer.MAX_VALUE);
    Optional<Live> live = lines.withWord("live").stream().findFirst().map(fact -> new Live(number(fact, "old"),
        number(fact, "old_used"), (int) Math.min(number(fact, "unread_stacks"), Integer.MAX_VALUE),
        number(fact, "unreadable")));
    return new Parsed<>(Optional.of(
        new TypeCensus(head.text("runtime").get(), truth.get(), oneIn, types, number(head, "unparsed"), cost, live)),
        lines.problems());
  }

  private static long number(Fact fact, String key) {
    return Math.max(0, fact.number(key).orElse(0));
  }
}
