package io.tare.ledger.runtimes;

import io.tare.ledger.evidence.ArtifactReader;
import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.owners.Books;
import io.tare.ledger.owners.Claim;
import io.tare.ledger.owners.Owner;
import io.tare.ledger.rules.IdleRuntimeHeap;
import io.tare.ledger.rules.Rule;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Ledger;
import io.tare.model.proc.Mapping;
import io.tare.model.report.Figure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/**
 * A runtime that Tare knows from inside: everything that is particular to it, in the order in which a reading needs it. A runtime
 * that has no answer to a question leaves it out. To know another one is a folder beside the others, and a line in {@code
 * io.tare.ledger.KnownRuntimes}.
 */
@NullMarked
public interface KnownRuntime {
  /** What its artefacts say, in a type of its own; empty where the process has none of them. */
  Optional<?> read(ArtifactReader reader);

  /** What it owns by address. */
  List<Claim> claims(Evidence evidence);

  /** The owner of a mapping that nobody claims by address, by the mapping's name. */
  default Optional<Owner> owner(Mapping mapping) {
    return Optional.empty();
  }

  /** Whether it names every anonymous mapping of a process of that kind, so that the rest is unexplained and not the program's. */
  default boolean namesAllMemoryOf(RuntimeKind kind) {
    return false;
  }

  /** Splits what addresses alone can't split: used from idle. */
  default Books split(Books books, Evidence evidence) {
    return books;
  }

  /** What of its memory the program itself put there and still uses. */
  default List<NetPart> net(Ledger ledger, Evidence evidence) {
    return List.of();
  }

  /** What the net figure rests on, in words, where this runtime decides that; the first to answer does. */
  default Optional<String> netBasis(Ledger ledger, Evidence evidence) {
    return Optional.empty();
  }

  default Heading heading(Evidence evidence) {
    return Heading.NONE;
  }

  /** Single facts for those who ask further. */
  default List<Figure> details(Evidence evidence) {
    return List.of();
  }

  /** Its own counts, which come last: long, and for comparison only. */
  default List<Figure> ownCounts(Evidence evidence) {
    return List.of();
  }

  default List<Rule> rules() {
    return List.of();
  }

  /** What it keeps though it holds nothing, for the rule that all such runtimes share. */
  default Optional<IdleRuntimeHeap.Kept> keptIdle() {
    return Optional.empty();
  }

  /** The parts of a net figure, in the order in which they are shown. */
  enum NetName {
    HEAP("heap"), MALLOC("malloc"), RUNTIME_HEAP("runtime heap"), ANONYMOUS("anonymous"), NO_OWNER("no owner found");

    private final String words;

    NetName(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** Bytes of the net figure, at least and at most; parts of one name add up, and what is not the program's is negative. */
  record NetPart(NetName name, long leastBytes, long mostBytes) {
    public static NetPart exactly(NetName name, long bytes) {
      return new NetPart(name, bytes, bytes);
    }

    /** What may be the program's and in use, or not. */
    public static NetPart upTo(NetName name, long bytes) {
      return new NetPart(name, 0, bytes);
    }
  }

  /** How a report names the runtime; empty texts where that is unknown. */
  record Heading(String version, String collector, String flags) {
    public static final Heading NONE = new Heading("", "", "");

    public static Heading ofVersion(String version) {
      return new Heading(version, "", "");
    }
  }
}
