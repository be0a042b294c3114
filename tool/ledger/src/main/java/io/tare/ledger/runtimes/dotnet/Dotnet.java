package io.tare.ledger.runtimes.dotnet;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.ofRss;
import static io.tare.ledger.words.Words.share;
import static io.tare.model.ledger.Confidence.DERIVED;
import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.formats.ParseLimits;
import io.tare.formats.memory.RuntimeFactsText;
import io.tare.ledger.evidence.ArtifactReader;
import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.owners.Books;
import io.tare.ledger.owners.Claim;
import io.tare.ledger.owners.Claim.Strength;
import io.tare.ledger.owners.Owner;
import io.tare.ledger.rules.IdleRuntimeHeap;
import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.alloc.RuntimeFacts.NamedRange;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.proc.Mapping;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** .NET: its heap by what the collector counts, and the code that it compiled. */
@NullMarked
public final class Dotnet implements KnownRuntime {
  private static final String SOURCE = "the collector's own structures";
  /** Memory that is written at one address and run at another, from .NET 7 on. */
  private static final String CODE_FILE = "/memfd:doublemapper";
  private static final Owner CODE = Owner.of(Account.DOTNET_CODE, DERIVED, "memory to be executed, from no file");

  /** What the heap says of itself. */
  private record Facts(RuntimeFacts heap) {
    List<String> parts() {
      return heap.ranges().stream().map(NamedRange::name).distinct().sorted().toList();
    }

    OptionalLong used() {
      List<OptionalLong> used = parts().stream().map(part -> heap.number(part + ".used")).toList();
      return used.isEmpty() || used.stream().anyMatch(OptionalLong::isEmpty)
          ? OptionalLong.empty()
          : OptionalLong.of(used.stream().mapToLong(OptionalLong::getAsLong).sum());
    }
  }

  static boolean isOf(Situation s) {
    return s.evidence().capture().target().runtime() == RuntimeKind.DOTNET || s.bytes(Account.DOTNET_HEAP) > 0;
  }

  @Override
  public Optional<?> read(ArtifactReader reader) {
    return reader.text(ArtifactNames.DOTNET, (a, c) -> RuntimeFactsText.parse(a, c, ParseLimits.DEFAULT))
        .map(Facts::new);
  }

  @Override
  public List<Claim> claims(Evidence evidence) {
    Stream<Claim> heap = evidence.facts(Facts.class).stream().flatMap(facts -> facts.heap().ranges().stream())
        .map(range -> Claim.ofPages(range.range(), inUse(range.name()), Strength.RANGE));
    Stream<Claim> code = evidence.capture().target().runtime() == RuntimeKind.DOTNET
        ? evidence.smaps().stream().flatMap(smaps -> smaps.mappings().stream()).filter(Dotnet::isCode)
            .map(mapping -> new Claim(mapping.range(), CODE, Strength.LABEL))
        : Stream.empty();
    return Stream.concat(heap, code).toList();
  }

  private static boolean isCode(Mapping mapping) {
    return mapping.name().startsWith(CODE_FILE) || (mapping.isAnonymous() && mapping.isExecutable());
  }

  private static Owner inUse(String part) {
    return Owner.named(Account.DOTNET_HEAP, part, MEASURED, SOURCE);
  }

  /** What remains of a part is in use. */
  @Override
  public Books split(Books books, Evidence evidence) {
    Books split = books;
    for (Facts facts : evidence.facts(Facts.class).stream().toList()) {
      for (String part : facts.parts()) {
        OptionalLong idle = facts.heap().number(part + ".idle.resident");
        split = idle.isEmpty()
            ? split.move(inUse(part), Owner.named(Account.DOTNET_UNSPLIT, part, MEASURED,
                "memory of which it is not known what is in use"), Long.MAX_VALUE)
            : split.move(inUse(part), Owner.named(Account.DOTNET_IDLE, part, MEASURED, SOURCE), idle.getAsLong());
      }
    }
    return split;
  }

  @Override
  public List<NetPart> net(Ledger ledger, Evidence evidence) {
    return List.of(NetPart.exactly(NetName.RUNTIME_HEAP, ledger.bytes(Account.DOTNET_HEAP)),
        NetPart.upTo(NetName.RUNTIME_HEAP, ledger.bytes(Account.DOTNET_UNSPLIT)));
  }

  @Override
  public Heading heading(Evidence evidence) {
    return evidence.facts(Facts.class).map(facts -> Heading.ofVersion(facts.heap().facts().getOrDefault("version", "")))
        .orElse(Heading.NONE);
  }

  @Override
  public List<Figure> details(Evidence evidence) {
    List<Figure> details = new ArrayList<>();
    for (Facts facts : evidence.facts(Facts.class).stream().toList()) {
      facts.used().ifPresent(used -> details.add(new Figure(".NET: GC.GetTotalMemory", bytes(used))));
      for (String part : facts.parts()) {
        facts.heap().number(part + ".committed").ifPresent(committed -> {
          OptionalLong used = facts.heap().number(part + ".used");
          details.add(new Figure(".NET: " + part, (used.isPresent()
              ? bytes(used.getAsLong()) + " in use"
              : "in use not known") + " of " + bytes(committed) + " taken"));
        });
      }
    }
    return details;
  }

  @Override
  public List<Rule> rules() {
    return List.of(new DotnetObjects());
  }

  @Override
  public Optional<IdleRuntimeHeap.Kept> keptIdle() {
    return Optional.of(new IdleRuntimeHeap.Kept(".NET", Account.DOTNET_IDLE,
        (situation, _) -> new IdleRuntimeHeap.Advice("", List.of(), ways(majorVersion(situation)))));
  }

  /** What there is from which version on; all of it where the version is not known. */
  private static List<Remedy> ways(int version) {
    List<Remedy> ways = new ArrayList<>();
    ways.add(version >= 7
        ? Remedy.open("Move objects together and give memory back when a peak is over",
            "GC.Collect(2, GCCollectionMode.Aggressive, true, true)",
            "from .NET 7 on; the program stands still meanwhile; a change of the program")
        : Remedy.open("Move objects together when a peak is over", "GC.Collect(2, GCCollectionMode.Forced, true, true)",
            "the collector keeps some of what it emptied; the program stands still meanwhile; a change of the program"));
    if (version >= 6) {
      ways.add(Remedy.open("Let the collector keep less", "DOTNET_GCConserveMemory=5",
          "from .NET 6 on, 9 is the most; collections that move objects together take longer; a restart"));
    }
    return ways;
  }

  private static int majorVersion(Situation s) {
    return s.evidence().facts(Facts.class).map(facts -> facts.heap().facts().getOrDefault("version", ""))
        .map(version -> version.replaceAll("\\D.*", "")).filter(major -> !major.isEmpty() && major.length() < 5)
        .map(Integer::parseInt).orElse(Integer.MAX_VALUE);
  }
}

/** Are .NET's objects what the process weighs? */
@NullMarked
final class DotnetObjects implements Rule {
  private static final String ID = "dotnet-heap";

  @Override
  public Topic topic() {
    return Topic.OTHER_HEAPS;
  }

  @Override
  public boolean appliesTo(Situation s) {
    return Dotnet.isOf(s);
  }

  @Override
  public Verdict judge(Situation s) {
    long used = s.bytes(Account.DOTNET_HEAP);
    if (used == 0) {
      return new Verdict.CannotTell(ID, "How large the heap of .NET is can't be told.",
          "readable process memory (same user and permission to trace it, or root), and a runtime that Tare knows"
              + " (.NET Core 3.1 to .NET 10); inside the program GC.GetTotalMemory(false) tells it",
          List.of());
    }
    List<Figure> readings = List.of(s.reading(Account.DOTNET_HEAP), s.reading(Account.DOTNET_IDLE));
    if (!s.weighs(used, Threshold.DOTNET_HEAP)) {
      return new Verdict.No(ID, "Objects of .NET are " + share(used, s.rss()) + " of RSS.", readings);
    }
    return new Verdict.Yes(ID, "Objects of .NET, live or not yet collected, hold " + ofRss(used, s.rss()) + ".",
        s.strength(used), readings,
        List.of(Remedy.open("See whether they grow", "tare record " + s.pid(), "some milliseconds a reading"),
            Remedy.open("See what they are", "dotnet-gcdump collect -p " + s.pid(),
                "a full collection; the program stands still meanwhile")));
  }
}
