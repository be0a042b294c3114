package io.tare.ledger.runtimes.scripts;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.ofRss;
import static io.tare.ledger.words.Words.share;
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
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** PHP, Ruby and Erlang: each has a heap of its own, whose parts tell what of them is in use. */
@NullMarked
public final class Scripts implements KnownRuntime {
  private static final String SOURCE = "the heap's own structures";

  /** What the heap says of itself. */
  private record Facts(RuntimeFacts heap) {
    List<String> parts() {
      return heap.ranges().stream().map(NamedRange::name).distinct().sorted().toList();
    }
  }

  static boolean isOf(Situation s) {
    return switch (s.evidence().capture().target().runtime()) {
      case PHP, RUBY, BEAM -> true;
      default -> s.bytes(Account.SCRIPT_HEAP) > 0;
    };
  }

  @Override
  public Optional<?> read(ArtifactReader reader) {
    return reader.text(ArtifactNames.SCRIPT_HEAP, (a, c) -> RuntimeFactsText.parse(a, c, ParseLimits.DEFAULT))
        .map(Facts::new);
  }

  @Override
  public List<Claim> claims(Evidence evidence) {
    Stream<Claim> heap = evidence.facts(Facts.class).stream().flatMap(facts -> facts.heap().ranges().stream())
        .map(range -> Claim.ofPages(range.range(), inUse(range.name()), Strength.RANGE));
    return Stream.concat(heap, ErlangCode.claims(evidence)).toList();
  }

  private static Owner inUse(String part) {
    return Owner.named(Account.SCRIPT_HEAP, part, MEASURED, SOURCE);
  }

  /** What remains of a part is in use. */
  @Override
  public Books split(Books books, Evidence evidence) {
    Books split = ErlangCode.once(books, evidence);
    for (Facts facts : evidence.facts(Facts.class).stream().toList()) {
      for (String part : facts.parts()) {
        OptionalLong idle = facts.heap().number(part + ".idle.resident");
        OptionalLong heads = facts.heap().number(part + ".heads.resident");
        split = idle.isEmpty() || heads.isEmpty()
            ? split.move(inUse(part), Owner.named(Account.SCRIPT_UNSPLIT, part, MEASURED,
                "memory of which it is not known what is in use"), Long.MAX_VALUE)
            : split
                .move(inUse(part), Owner.named(Account.SCRIPT_IDLE, part, MEASURED, SOURCE), idle.getAsLong())
                .move(inUse(part), Owner.of(Account.SCRIPT_OVERHEAD, MEASURED, SOURCE), heads.getAsLong());
      }
    }
    return split;
  }

  @Override
  public List<NetPart> net(Ledger ledger, Evidence evidence) {
    return List.of(NetPart.exactly(NetName.RUNTIME_HEAP, ledger.bytes(Account.SCRIPT_HEAP)),
        NetPart.upTo(NetName.RUNTIME_HEAP, ledger.bytes(Account.SCRIPT_UNSPLIT)));
  }

  @Override
  public List<Figure> details(Evidence evidence) {
    List<Figure> details = new ArrayList<>();
    String runtime = evidence.capture().target().runtime().words();
    for (Facts facts : evidence.facts(Facts.class).stream().toList()) {
      for (String part : facts.parts()) {
        facts.heap().number(part + ".committed").ifPresent(committed -> {
          OptionalLong used = facts.heap().number(part + ".used");
          details.add(new Figure(runtime + ": " + part, (used.isPresent()
              ? bytes(used.getAsLong()) + " in use"
              : "in use not known") + " of " + bytes(committed) + " taken"));
        });
      }
    }
    return details;
  }

  @Override
  public List<Rule> rules() {
    return List.of(new ScriptHeapDominates());
  }

  @Override
  public Optional<IdleRuntimeHeap.Kept> keptIdle() {
    return Optional.of(new IdleRuntimeHeap.Kept("script", Account.SCRIPT_IDLE,
        (situation, _) -> IdleRuntimeHeap.Advice.of(givingBack(situation.evidence().capture().target().runtime()))));
  }

  private static Remedy givingBack(RuntimeKind kind) {
    return switch (kind) {
      case PHP -> Remedy.open("Give chunks that hold nothing back when a peak is over", "gc_mem_caches()",
          "a change of the program; what is left of a chunk in use stays");
      case RUBY -> Remedy.open("Move objects together and give empty pages back when a peak is over",
          "GC.start; GC.compact", "some 100 ms; a change of the program");
      default -> Remedy.open("Collect a process's garbage when a peak is over", "erlang:garbage_collect(Pid)",
          "the process waits meanwhile; carriers with a block in use stay");
    };
  }
}

/** Are the objects of a script what the process weighs? */
@NullMarked
final class ScriptHeapDominates implements Rule {
  private static final String ID = "script-heap";

  @Override
  public Topic topic() {
    return Topic.OTHER_HEAPS;
  }

  @Override
  public boolean appliesTo(Situation s) {
    return Scripts.isOf(s);
  }

  @Override
  public Verdict judge(Situation s) {
    RuntimeKind kind = s.evidence().capture().target().runtime();
    long used = s.bytes(Account.SCRIPT_HEAP);
    if (used == 0) {
      return new Verdict.CannotTell(ID, "How large the heap of " + kind.words() + " is can't be told.",
          "readable process memory (same user and permission to trace it, or root)"
              + (kind == RuntimeKind.RUBY ? ", and Ruby 3: earlier ones keep their slots in malloc's memory" : "")
              + "; inside the program " + ownWord(kind) + " tells it",
          List.of());
    }
    List<Figure> readings = List.of(s.reading(Account.SCRIPT_HEAP), s.reading(Account.SCRIPT_IDLE));
    if (!s.weighs(used, Threshold.SCRIPT_HEAP)) {
      return new Verdict.No(ID, "Objects of " + kind.words() + " are " + share(used, s.rss()) + " of RSS.", readings);
    }
    return new Verdict.Yes(ID, "Objects of " + kind.words() + ", needed or not, hold " + ofRss(used, s.rss()) + ".",
        s.strength(used), readings,
        List.of(Remedy.open("See whether they grow", "tare record " + s.pid(), "some milliseconds a reading"),
            Remedy.open("See what they are", ownWord(kind), "a call inside the program")));
  }

  private static String ownWord(RuntimeKind kind) {
    return switch (kind) {
      case PHP -> "memory_get_usage()";
      case RUBY -> "ObjectSpace.count_objects, ObjectSpace.dump_all";
      default -> "erlang:memory(), recon:proc_count(memory, 10)";
    };
  }
}
