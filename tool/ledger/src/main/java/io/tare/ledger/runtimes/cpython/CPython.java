package io.tare.ledger.runtimes.cpython;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.share;
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
import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.ledger.words.Words;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
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

/** The CPython interpreter. */
@NullMarked
public final class CPython implements KnownRuntime {

  /** What it says of its own memory. */
  private record Facts(RuntimeFacts runtime) {}

  private static Optional<RuntimeFacts> facts(Evidence evidence) {
    return evidence.facts(Facts.class).map(Facts::runtime);
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
    return facts(evidence).filter(CPython::isRead).map(python -> split(books, python)).orElseGet(
        () -> books.rebook(Account.PYTHON_ARENAS, Account.PYTHON_UNSPLIT, "arenas of which no pool could be read"));
  }

  /** Whether its objects can be counted by type from outside: of CPython 3.11 to 3.14. */
  static boolean hasCensus(Evidence evidence) {
    return facts(evidence).map(python -> python.facts().getOrDefault("version", ""))
        .filter(version -> version.matches("3\\.1[1-4](\\D.*)?")).isPresent();
  }

  private static boolean isRead(RuntimeFacts python) {
    return Stream.of("pools.unused.resident", "arenas.freeResidentBytes", "blocks.free.resident", "blocks.used")
        .anyMatch(fact -> python.number(fact).isPresent());
  }

  /** What remains of the arenas is the blocks in use. Where nothing is known of free blocks all but unused pools counts as such. */
  private static Books split(Books books, RuntimeFacts python) {
    Confidence sure = "measured".equals(python.facts().get("blocks.confidence")) ? MEASURED : DERIVED;
    Books split = move(books, python, "pools.unused.resident",
        Owner.named(Account.PYTHON_IDLE, "whole pools", sure, "pools that hold no block"));
    split = move(split, python, "arenas.freeResidentBytes",
        Owner.of(Account.PYTHON_IDLE, MEASURED, "pools and pages that hold no block"));
    split = move(split, python, "blocks.free.resident",
        Owner.named(Account.PYTHON_IDLE, "in used pools", sure, "blocks that pools count as free"));
    split = move(split, python, "overhead.resident",
        Owner.of(Account.PYTHON_OVERHEAD, sure, "pools' heads, and rests too small for a block"));
    OptionalLong used = python.number("blocks.used");
    boolean onlyUsedCounted = used.isPresent() && python.number("blocks.free.resident").isEmpty();
    return onlyUsedCounted
        ? split.move(Account.PYTHON_ARENAS, Owner.named(Account.PYTHON_IDLE, "in used pools", DERIVED,
            "arenas less the blocks in use"), split.total(Account.PYTHON_ARENAS) - used.getAsLong())
        : split;
  }

  private static Books move(Books books, RuntimeFacts python, String fact, Owner to) {
    OptionalLong bytes = python.number(fact);
    return bytes.isEmpty() ? books : books.move(Account.PYTHON_ARENAS, to, bytes.getAsLong());
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
  public List<Figure> details(Evidence evidence) {
    List<Figure> details = new ArrayList<>();
    facts(evidence).ifPresent(python -> {
      figure(python, "blocks.used", "Python blocks in use").ifPresent(details::add);
      figure(python, "blocks.free", "Python free blocks among them").ifPresent(details::add);
      figure(python, "pools.unused", "Python pools without a block").ifPresent(details::add);
      Optional.ofNullable(python.facts().get("arenas.count"))
          .ifPresent(count -> details.add(new Figure("Python arenas", count)));
    });
    return details;
  }

  private static Optional<Figure> figure(RuntimeFacts python, String fact, String name) {
    OptionalLong bytes = python.number(fact);
    return bytes.isEmpty() ? Optional.empty() : Optional.of(new Figure(name, Words.bytes(bytes.getAsLong())));
  }

  @Override
  public List<Rule> rules() {
    return List.of(new PythonHeap());
  }

  @Override
  public Optional<IdleRuntimeHeap.Kept> keptIdle() {
    return Optional.of(new IdleRuntimeHeap.Kept("Python", Account.PYTHON_IDLE,
        (_, idle) -> IdleRuntimeHeap.Advice.of(remedy(idle))));
  }

  private static Remedy remedy(long idle) {
    return Remedy.returning("python.process", idle,
        "Do the peak's work in a process of its own: CPython gives back only arenas that are wholly empty,"
            + " and in each of these something is alive",
        "multiprocessing.Pool(maxtasksperchild=1)", "a process start per batch; a change of the program");
  }
}

/** Are small Python objects what the process weighs? */
final class PythonHeap implements Rule {
  private static final String ID = "python-heap";

  @Override
  public Topic topic() {
    return Topic.OTHER_HEAPS;
  }

  @Override
  public boolean appliesTo(Situation s) {
    return s.evidence().capture().target().runtime() == RuntimeKind.CPYTHON || s.bytes(Account.PYTHON_ARENAS) > 0;
  }

  @Override
  public Verdict judge(Situation s) {
    long used = s.bytes(Account.PYTHON_ARENAS);
    if (!s.weighs(used, Threshold.PYTHON_HEAP)) {
      return new Verdict.No(ID, "Small Python objects are " + share(used, s.rss()) + " of RSS.", List.of());
    }
    List<Remedy> remedies = new ArrayList<>();
    if (CPython.hasCensus(s.evidence())) {
      remedies.add(s.census("See which types the objects are of"));
    }
    remedies.add(Remedy.open("See whether they grow", "tare record " + s.pid(), "some milliseconds a reading"));
    remedies.add(Remedy.open("Find the lines that made them: tracemalloc.take_snapshot().statistics('lineno')",
        "PYTHONTRACEMALLOC=10", "memory and time for each object made; a restart"));
    return new Verdict.Yes(ID, bytes(used) + " are small Python objects, " + share(used, s.rss()) + " of RSS.",
        s.strength(used), List.of(s.reading(Account.PYTHON_ARENAS), s.reading(Account.PYTHON_IDLE)), remedies);
  }
}
