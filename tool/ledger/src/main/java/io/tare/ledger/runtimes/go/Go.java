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
import io.tare.ledger.rules.Rule;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.ledger.words.Words;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.proc.Mapping;
import io.tare.model.report.Figure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;

/** The runtime of Go programs. */
@NullMarked
public final class Go implements KnownRuntime {
  private static final String LABEL = "[anon: Go: ";

  private static final String STRUCTURES = "Go runtime's structures";
  private static final String COUNTERS = "Go runtime's counters";
  private static final String PERSISTENT = "persistent";
  private static final String GC_TABLES = "GCSys";

  /** The profile's hash table, which has a mapping of its own; the rest of the buckets are in the runtime's pool. */
  private static final long HASH_BYTES = 179_999L * Long.BYTES;

  /** What it says of its own memory. */
  public record Facts(RuntimeFacts runtime) {}

  static Optional<RuntimeFacts> facts(Evidence evidence) {
    return evidence.facts(Facts.class).map(Facts::runtime);
  }

  /** Whether the runtime's figures were read but contradict each other, so that of its heap only the place is known. */
  static boolean isUnproved(RuntimeFacts go) {
    return "unproved".equals(go.facts().get("layout"));
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
    String name = range.name();
    return switch (name) {
      case "arena" -> Claim.ofPages(range.range(), heap(go), Strength.RANGE);
      case "rest" -> Claim.ofPages(range.range(), Owner.named(Account.GO_RUNTIME, name, INFERRED,
          "nobody else has memory of its own in a program without libraries"), Strength.LABEL);
      default -> Claim.ofPages(range.range(),
          Owner.named(Account.GO_RUNTIME, name, isGuessed(go) ? INFERRED : MEASURED, STRUCTURES), Strength.RANGE);
    };
  }

  private static Owner heap(RuntimeFacts go) {
    if (isUnproved(go)) {
      return Owner.of(Account.GO_UNSPLIT, DERIVED, "Go's page allocator; its counters don't add up");
    }
    // The arenas are listed by Go's own page allocator; only the ranges around them may be guessed.
    boolean listed = go.number("heap.inuse").isPresent();
    return Owner.of(Account.GO_HEAP, isGuessed(go) && !listed ? INFERRED : MEASURED, STRUCTURES);
  }

  /** Captures of Tare 0.1 say so themselves. */
  private static boolean isGuessed(RuntimeFacts go) {
    return "inferred".equals(go.facts().get("ranges.confidence"));
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
  public boolean namesAllMemoryOf(RuntimeKind kind) {
    return kind == RuntimeKind.GO;
  }

  @Override
  public Books split(Books books, Evidence evidence) {
    return facts(evidence).map(go -> split(books, go)).orElseGet(() -> unsplit(books));
  }

  private static Books split(Books books, RuntimeFacts go) {
    return isUnproved(go) ? books : tables(heap(books, go), go);
  }

  private static Books heap(Books books, RuntimeFacts go) {
    long arena = books.total(Account.GO_HEAP);
    long stacks = go.number("stacks.resident").orElse(go.number("stacks.inuse").orElse(0));
    long workBufs = go.number("workbufs.resident").orElse(0);
    Books split = books
        .move(Account.GO_HEAP, Owner.of(Account.GO_STACKS, MEASURED, "spans that hold stacks"), stacks)
        .move(Account.GO_HEAP, Owner.named(Account.GO_RUNTIME, GC_TABLES, MEASURED, STRUCTURES), workBufs);
    OptionalLong idleResident = go.number("heap.idle.resident");
    OptionalLong inUse = go.number("heap.inuse");
    if (idleResident.isPresent()) {
      Owner idle = Owner.of(Account.GO_IDLE, MEASURED, "pages of no span that are resident");
      return split.move(Account.GO_HEAP, idle, idleResident.getAsLong());
    }
    if (inUse.isPresent()) {
      Owner idle = Owner.of(Account.GO_IDLE, DERIVED, "arena less spans in use and stacks");
      return split.move(Account.GO_HEAP, idle, arena - inUse.getAsLong() - stacks);
    }
    return unsplit(split);
  }

  private static Books unsplit(Books books) {
    return books.rebook(Account.GO_HEAP, Account.GO_UNSPLIT, "heap of which no span could be read");
  }

  /** The runtime takes small things from one pool of blocks: who took how much, its counters say. */
  private static Books tables(Books books, RuntimeFacts go) {
    Owner pool = Owner.named(Account.GO_RUNTIME, PERSISTENT, MEASURED, STRUCTURES);
    long buckets = go.number("sys.buckhash").orElse(0);
    Books split = books.move(pool, counted("MSpanSys"), go.number("sys.mspan").orElse(0))
        .move(pool, counted("MCacheSys"), go.number("sys.mcache").orElse(0))
        .move(pool, counted("BuckHashSys"), buckets < HASH_BYTES ? buckets : buckets - HASH_BYTES);
    return split.move(pool, counted("OtherSys"), Long.MAX_VALUE);
  }

  private static Owner counted(String name) {
    return Owner.named(Account.GO_RUNTIME, name, DERIVED, COUNTERS);
  }

  @Override
  public List<NetPart> net(Ledger ledger, Evidence evidence) {
    // Spans in use hold dead objects too, until the next collection.
    return List
        .of(NetPart.upTo(NetName.RUNTIME_HEAP, ledger.bytes(Account.GO_HEAP) + ledger.bytes(Account.GO_UNSPLIT)));
  }

  /** A Go heap is in use as a whole, span by span: only a collection tells the dead objects in it from the live. */
  @Override
  public Optional<String> netBasis(Ledger ledger, Evidence evidence) {
    if (ledger.bytes(Account.GO_HEAP) == 0) {
      return Optional.empty();
    }
    long marked = facts(evidence).map(go -> go.number("heap.marked").orElse(0)).orElse(0L);
    return Optional.of("Go heap in use, garbage included"
        + (marked > 0 && marked <= ledger.bytes(Account.GO_HEAP)
            ? "; " + Words.bytes(marked) + " were alive at the last collection"
            : ""));
  }

  @Override
  public Heading heading(Evidence evidence) {
    return Heading.ofVersion(facts(evidence).map(go -> go.facts().getOrDefault("version", "")).orElse(""));
  }

  @Override
  public List<Figure> details(Evidence evidence) {
    return facts(evidence).map(GoFigures::readings).orElse(List.of());
  }

  @Override
  public List<Figure> ownCounts(Evidence evidence) {
    return facts(evidence).map(GoFigures::counters).orElse(List.of());
  }

  @Override
  public List<Rule> rules() {
    return List.of(new GoHeap(), new GoStacks());
  }

  @Override
  public Optional<IdleRuntimeHeap.Kept> keptIdle() {
    return Optional.of(new IdleRuntimeHeap.Kept("Go", Account.GO_IDLE, GoIdle::advice));
  }
}
