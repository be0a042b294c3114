package io.tare.ledger.runtimes.go;

import static io.tare.model.ledger.Confidence.DERIVED;
import static io.tare.model.ledger.Confidence.INFERRED;
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
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.proc.Mapping;
import io.tare.model.report.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;

/** The runtime of Go programs. */
@NullMarked
public final class Go implements KnownRuntime {
  private static final String LABEL = "[anon: Go: ";

  /** What it says of its own memory. */
  private record Facts(RuntimeFacts runtime) {}

  private static Optional<RuntimeFacts> facts(Evidence evidence) {
    return evidence.facts(Facts.class).map(Facts::runtime);
  }

  @Override
  public RuntimeKind kind() {
    return RuntimeKind.GO;
  }

  @Override
  public Optional<?> read(ArtifactReader reader) {
    return reader.text(ArtifactNames.GO, (a, c) -> RuntimeFactsText.parse(a, c, ParseLimits.DEFAULT)).map(Facts::new);
  }

  @Override
  public List<Claim> claims(Evidence evidence) {
    return facts(evidence).stream().flatMap(go -> go.ranges().stream().map(range -> claim(go, range))).toList();
  }

  private static Claim claim(RuntimeFacts go, RuntimeFacts.NamedRange range) {
    Account account = switch (range.name()) {
      case "arena" -> Account.GO_HEAP;
      case "stack" -> Account.GO_STACKS;
      default -> Account.GO_RUNTIME;
    };
    // The arenas are listed by Go's own page allocator; only the ranges around them are guessed.
    boolean listed = account == Account.GO_HEAP && go.number("heap.inuse").isPresent();
    boolean guessed = "inferred".equals(go.facts().get("ranges.confidence")) && !listed;
    return Claim.ofPages(range.range(), Owner.named(account, account == Account.GO_RUNTIME ? range.name() : "",
        guessed ? INFERRED : MEASURED, "Go runtime's structures"), Strength.RANGE);
  }

  @Override
  public Optional<Owner> owner(Mapping mapping) {
    if (!mapping.name().startsWith(LABEL)) {
      return Optional.empty();
    }
    String what = mapping.name().substring(LABEL.length(), mapping.name().length() - 1);
    return Optional.of(what.equals("heap")
        ? Owner.of(Account.GO_HEAP, MEASURED, "label that Go gave it")
        : Owner.named(Account.GO_RUNTIME, what, MEASURED, "label that Go gave it"));
  }

  @Override
  public boolean namesAllItsMemory() {
    return true;
  }

  @Override
  public Books split(Books books, Evidence evidence) {
    return facts(evidence).map(go -> split(books, go)).orElseGet(() -> unsplit(books));
  }

  private static Books split(Books books, RuntimeFacts go) {
    long arena = books.total(Account.GO_HEAP);
    OptionalLong inUse = go.number("heap.inuse");
    OptionalLong idleResident = go.number("heap.idle.resident");
    OptionalLong stacks = go.number("stacks.inuse");
    Books split = books;
    if (stacks.isPresent() && books.total(Account.GO_STACKS) == 0) {
      split = split.move(Account.GO_HEAP, Owner.of(Account.GO_STACKS, MEASURED, "Go runtime's counters"),
          stacks.getAsLong());
    }
    if (idleResident.isPresent()) {
      Owner idle = Owner.of(Account.GO_IDLE, MEASURED, "pages of no span that are resident");
      return split.move(Account.GO_HEAP, idle, idleResident.getAsLong());
    }
    if (inUse.isPresent()) {
      Owner idle = Owner.of(Account.GO_IDLE, DERIVED, "arena less spans in use and stacks");
      return split.move(Account.GO_HEAP, idle, arena - inUse.getAsLong() - stacks.orElse(0));
    }
    return unsplit(split);
  }

  private static Books unsplit(Books books) {
    return books.rebook(Account.GO_HEAP, Account.GO_UNSPLIT, "heap of which no span could be read");
  }

  @Override
  public List<NetPart> net(Ledger ledger, Evidence evidence) {
    // Spans in use hold dead objects too, until the next collection.
    return List
        .of(NetPart.upTo(NetName.RUNTIME_HEAP, ledger.bytes(Account.GO_HEAP) + ledger.bytes(Account.GO_UNSPLIT)));
  }

  @Override
  public Optional<String> netBasis(Ledger ledger, Evidence evidence) {
    return ledger.bytes(Account.GO_HEAP) + ledger.bytes(Account.GO_UNSPLIT) == 0
        ? Optional.empty()
        : Optional.of("memory in use by the program; objects in Go's heap may be dead until the next collection");
  }

  @Override
  public Heading heading(Evidence evidence) {
    return Heading.ofVersion(facts(evidence).map(go -> go.facts().getOrDefault("version", "")).orElse(""));
  }

  @Override
  public Optional<IdleRuntimeHeap.Kept> keptIdle() {
    return Optional.of(new IdleRuntimeHeap.Kept("Go", Account.GO_IDLE, Go::remedy));
  }

  private static Remedy remedy(Situation s, long idle) {
    return new Remedy("Let Go return memory sooner", "GOMEMLIMIT=<size>, or debug.FreeOSMemory() after a peak",
        OptionalLong.of(s.part(idle, Threshold.RUNTIME_IDLE_RETURN_GO)), "more collections near the limit");
  }
}
