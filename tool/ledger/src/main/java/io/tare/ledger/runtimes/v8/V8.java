package io.tare.ledger.runtimes.v8;

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
import org.jspecify.annotations.NullMarked;

/** V8, the JavaScript engine, as Node.js carries it. */
@NullMarked
public final class V8 implements KnownRuntime {
  private static final String SOURCE = "V8's own heads of pages";

  /** What it says of its own memory. */
  private record Facts(RuntimeFacts runtime) {}

  static Optional<RuntimeFacts> facts(Evidence evidence) {
    return evidence.facts(Facts.class).map(Facts::runtime);
  }

  @Override
  public Optional<?> read(ArtifactReader reader) {
    return reader.text(ArtifactNames.V8, (a, c) -> RuntimeFactsText.parse(a, c, ParseLimits.DEFAULT)).map(Facts::new);
  }

  @Override
  public List<Claim> claims(Evidence evidence) {
    return facts(evidence).stream().flatMap(v8 -> v8.ranges().stream())
        .map(range -> Claim.ofPages(range.range(), objects(range.name()), Strength.RANGE)).toList();
  }

  private static Owner objects(String space) {
    return Owner.named(space.startsWith("code_") ? Account.V8_CODE : Account.V8_HEAP, words(space), MEASURED, SOURCE);
  }

  private static String words(String space) {
    return space.replace('_', ' ');
  }

  @Override
  public Books split(Books books, Evidence evidence) {
    Books split = books;
    for (RuntimeFacts v8 : facts(evidence).stream().toList()) {
      for (String space : v8.ranges().stream().map(NamedRange::name).distinct().toList()) {
        split = split(split, v8, space);
      }
    }
    return split;
  }

  /** What remains of a space is its objects. */
  private static Books split(Books books, RuntimeFacts v8, String space) {
    OptionalLong idle = v8.number(space + ".idle.resident");
    OptionalLong heads = v8.number(space + ".heads.resident");
    Owner objects = objects(space);
    if (idle.isEmpty() || heads.isEmpty()) {
      return books.move(objects, Owner.named(Account.V8_UNSPLIT, words(space), MEASURED,
          "pages of which it is not known what is in use"), Long.MAX_VALUE);
    }
    return books
        .move(objects, Owner.named(Account.V8_IDLE, words(space), MEASURED, "pages less the objects on them"),
            idle.getAsLong())
        .move(objects, Owner.of(Account.V8_OVERHEAD, MEASURED, SOURCE), heads.getAsLong());
  }

  @Override
  public List<NetPart> net(Ledger ledger, Evidence evidence) {
    return List.of(NetPart.exactly(NetName.RUNTIME_HEAP, ledger.bytes(Account.V8_HEAP)),
        NetPart.upTo(NetName.RUNTIME_HEAP, ledger.bytes(Account.V8_UNSPLIT)));
  }

  @Override
  public Heading heading(Evidence evidence) {
    return Heading.ofVersion(facts(evidence).map(v8 -> v8.facts().getOrDefault("version", "")).orElse(""));
  }

  @Override
  public List<Figure> details(Evidence evidence) {
    List<Figure> details = new ArrayList<>();
    facts(evidence).ifPresent(v8 -> {
      v8.ranges().stream().map(NamedRange::name).distinct().sorted().forEach(space -> {
        OptionalLong committed = v8.number(space + ".committed");
        OptionalLong used = v8.number(space + ".used");
        if (committed.isPresent()) {
          details.add(new Figure("V8 " + words(space), (used.isPresent()
              ? bytes(used.getAsLong()) + " in use"
              : "in use not known") + " of " + bytes(committed.getAsLong()) + " taken"));
        }
      });
      v8.number("arraybuffers")
          .ifPresent(buffers -> details.add(new Figure("V8 array buffers, which lie in malloc", bytes(buffers))));
    });
    return details;
  }

  @Override
  public List<Rule> rules() {
    return List.of(new JavaScriptHeap());
  }
}

/** Are JavaScript objects what the process weighs? */
@NullMarked
final class JavaScriptHeap implements Rule {
  private static final String ID = "v8-heap";

  @Override
  public Topic topic() {
    return Topic.OTHER_HEAPS;
  }

  @Override
  public boolean appliesTo(Situation s) {
    return s.evidence().capture().target().runtime() == RuntimeKind.V8 || s.bytes(Account.V8_HEAP) > 0;
  }

  @Override
  public Verdict judge(Situation s) {
    long used = s.bytes(Account.V8_HEAP);
    if (used == 0) {
      return new Verdict.CannotTell(ID, "How large the JavaScript heap is can't be told.",
          "readable process memory (same user and permission to trace it, or root), and a version of V8 that Tare knows "
              + "(11 to 13); process.memoryUsage() inside the program tells it",
          List.of());
    }
    List<Figure> readings = List.of(s.reading(Account.V8_HEAP), s.reading(Account.V8_IDLE));
    if (!s.weighs(used, Threshold.V8_HEAP)) {
      return new Verdict.No(ID, "JavaScript objects are " + share(used, s.rss()) + " of RSS.", readings);
    }
    return new Verdict.Yes(ID, "JavaScript objects, live or not yet collected, hold " + ofRss(used, s.rss()) + ".",
        s.strength(used), readings,
        List.of(
            Remedy.open("See whether they grow", "tare record " + s.pid(),
                "some milliseconds a reading"),
            Remedy.open("See who keeps them: start it so, then kill -USR2 PID writes a snapshot",
                "NODE_OPTIONS=--heapsnapshot-signal=SIGUSR2",
                "the program stands still and takes about twice its heap meanwhile; a restart")));
  }
}
