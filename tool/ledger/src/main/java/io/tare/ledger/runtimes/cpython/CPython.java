package io.tare.ledger.runtimes.cpython;

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
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;

/** The CPython interpreter. */
@NullMarked
public final class CPython implements KnownRuntime {

  /** What it says of its own memory. */
  private record Facts(RuntimeFacts runtime) {}

  private static Optional<RuntimeFacts> facts(Evidence evidence) {
    return evidence.facts(Facts.class).map(Facts::runtime);
  }

  @Override
  public RuntimeKind kind() {
    return RuntimeKind.CPYTHON;
  }

  @Override
  public Optional<?> read(ArtifactReader reader) {
    return reader.text(ArtifactNames.PYTHON, (a, c) -> RuntimeFactsText.parse(a, c, ParseLimits.DEFAULT))
        .map(Facts::new);
  }

  @Override
  public List<Claim> claims(Evidence evidence) {
    return facts(evidence).stream().flatMap(python -> {
      boolean guessed = "inferred".equals(python.facts().get("ranges.confidence"));
      Owner owner = Owner.of(Account.PYTHON_ARENAS, guessed ? INFERRED : MEASURED, "CPython's structures");
      return python.ranges().stream().map(range -> Claim.ofPages(range.range(), owner, Strength.RANGE));
    }).toList();
  }

  @Override
  public Books split(Books books, Evidence evidence) {
    OptionalLong free = facts(evidence).map(python -> python.number("arenas.freeResidentBytes"))
        .orElse(OptionalLong.empty());
    if (free.isEmpty()) {
      return books.rebook(Account.PYTHON_ARENAS, Account.PYTHON_UNSPLIT, "arenas of which no pool could be read");
    }
    Owner idle = Owner.of(Account.PYTHON_IDLE, MEASURED, "pools and pages that hold no block");
    return books.move(Account.PYTHON_ARENAS, idle, free.getAsLong());
  }

  @Override
  public List<NetPart> net(Ledger ledger, Evidence evidence) {
    return List.of(NetPart.exactly(NetName.RUNTIME_HEAP, ledger.bytes(Account.PYTHON_ARENAS)),
        NetPart.upTo(NetName.RUNTIME_HEAP, ledger.bytes(Account.PYTHON_UNSPLIT)));
  }

  @Override
  public Heading heading(Evidence evidence) {
    return Heading.ofVersion(facts(evidence).map(python -> python.facts().getOrDefault("version", "")).orElse(""));
  }

  @Override
  public Optional<IdleRuntimeHeap.Kept> keptIdle() {
    return Optional.of(new IdleRuntimeHeap.Kept("Python", Account.PYTHON_IDLE,
        (_, idle) -> IdleRuntimeHeap.Advice.of(remedy(idle))));
  }

  private static Remedy remedy(long idle) {
    return new Remedy("Do the peak's work in a process of its own", "multiprocessing, maxtasksperchild",
        OptionalLong.of(idle), "a process start per batch");
  }
}
