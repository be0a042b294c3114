package io.tare.ledger.runtimes.databases;

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
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** MariaDB: what of InnoDB's buffer pool holds pages of its files. */
@NullMarked
public final class Databases implements KnownRuntime {
  private static final String POOL = "pool";
  private static final long STEP = 8 << 20;
  private static final String SOURCE = "the buffer pool's own descriptions";
  private static final Owner IN_USE = Owner.of(Account.DATABASE_POOL, MEASURED, SOURCE);

  /** What the buffer pool says of itself. */
  record Facts(RuntimeFacts pool) {
    Optional<Figure> pages() {
      OptionalLong data = pool.number("pages.data");
      return data.isEmpty()
          ? Optional.empty()
          : Optional.of(new Figure("InnoDB's buffer pool",
              data.getAsLong() + " of " + count("pages") + " pages of " + bytes(count("page.bytes")) + " hold data, "
                  + count("pages.dirty") + " of them changed and not written yet; " + count("pages.free")
                  + " are free"));
    }

    /** What its pages take, in the steps that it can have, where it has a good deal more. */
    Optional<Long> roomy() {
      long taken = (count(POOL + ".used") / STEP + 1) * STEP;
      return pool.number(POOL + ".used").isPresent() && taken < 0.9 * count(POOL + ".committed")
          ? Optional.of(taken)
          : Optional.empty();
    }

    private long count(String fact) {
      return pool.number(fact).orElse(0);
    }
  }

  static boolean isOf(Situation s) {
    RuntimeKind kind = s.evidence().capture().target().runtime();
    return kind == RuntimeKind.MARIADB || kind == RuntimeKind.MYSQL || s.bytes(Account.DATABASE_POOL) > 0;
  }

  @Override
  public Optional<?> read(ArtifactReader reader) {
    return reader.text(ArtifactNames.DATABASE, (a, c) -> RuntimeFactsText.parse(a, c, ParseLimits.DEFAULT))
        .map(Facts::new);
  }

  @Override
  public List<Claim> claims(Evidence evidence) {
    return evidence.facts(Facts.class).stream().flatMap(facts -> facts.pool().ranges().stream())
        .map(range -> Claim.ofPages(range.range(), IN_USE, Strength.RANGE)).toList();
  }

  /** What remains of the pool is in use. */
  @Override
  public Books split(Books books, Evidence evidence) {
    Books split = books;
    for (Facts facts : evidence.facts(Facts.class).stream().toList()) {
      OptionalLong idle = facts.pool().number(POOL + ".idle.resident");
      OptionalLong heads = facts.pool().number(POOL + ".heads.resident");
      split = idle.isEmpty() || heads.isEmpty()
          ? split.move(IN_USE, Owner.of(Account.DATABASE_UNSPLIT, MEASURED,
              "memory of which it is not known what is in use"), Long.MAX_VALUE)
          : split.move(IN_USE, Owner.of(Account.DATABASE_IDLE, MEASURED, SOURCE), idle.getAsLong())
              .move(IN_USE, Owner.of(Account.DATABASE_OVERHEAD, MEASURED, SOURCE), heads.getAsLong());
    }
    return split;
  }

  @Override
  public List<NetPart> net(Ledger ledger, Evidence evidence) {
    return List.of(NetPart.exactly(NetName.RUNTIME_HEAP, ledger.bytes(Account.DATABASE_POOL)),
        NetPart.upTo(NetName.RUNTIME_HEAP, ledger.bytes(Account.DATABASE_UNSPLIT)));
  }

  @Override
  public List<Figure> details(Evidence evidence) {
    return evidence.facts(Facts.class).stream().flatMap(facts -> facts.pages().stream()).toList();
  }

  @Override
  public List<Rule> rules() {
    return List.of(new PoolDominates());
  }
}

/** Is the buffer pool what the process weighs? */
@NullMarked
final class PoolDominates implements Rule {
  private static final String ID = "database-pool";

  @Override
  public Topic topic() {
    return Topic.OTHER_HEAPS;
  }

  @Override
  public boolean appliesTo(Situation s) {
    return Databases.isOf(s);
  }

  @Override
  public Verdict judge(Situation s) {
    long pool = s.bytes(Account.DATABASE_POOL) + s.bytes(Account.DATABASE_UNSPLIT);
    if (pool == 0 && s.evidence().capture().target().runtime() == RuntimeKind.MYSQL) {
      return new Verdict.CannotTell(ID,
          "How large MySQL's buffer pool is can't be told: it is a part of anonymous memory, or of malloc's.",
          "a way to tell MySQL's pool apart, which Tare has of MariaDB alone; inside the server SHOW STATUS LIKE"
              + " 'Innodb_buffer_pool%' tells it",
          List.of(s.reading(Account.ANONYMOUS)));
    }
    if (pool == 0) {
      return new Verdict.CannotTell(ID, "How large the buffer pool is can't be told.",
          "readable process memory (same user and permission to trace it, or root) of a MariaDB that lays the pool out as"
              + " since 10.11.12, 11.4.6 and 11.8; inside the server SHOW STATUS LIKE 'Innodb_buffer_pool%' tells it",
          List.of());
    }
    List<Figure> readings = List.of(s.reading(Account.DATABASE_POOL), s.reading(Account.DATABASE_IDLE));
    if (!s.weighs(pool, Threshold.DATABASE_POOL)) {
      return new Verdict.No(ID, "The database's buffer pool is " + share(pool, s.rss()) + " of RSS.", readings);
    }
    return new Verdict.Yes(ID, "The database's buffer pool holds " + ofRss(pool, s.rss())
        + ": it grows up to the size that it was given, and stays there.", s.strength(pool), readings,
        remedies(s));
  }

  private static List<Remedy> remedies(Situation s) {
    Remedy look = Remedy.open("See whether the pages are asked for again",
        "SHOW STATUS LIKE 'Innodb_buffer_pool_read%'",
        "a query; reads beside read_requests tell how many had to come from the disk");
    return Stream.concat(Stream.of(look), s.evidence().facts(Databases.Facts.class).flatMap(Databases.Facts::roomy).map(
        bytes -> Remedy.open("Give it what its pages take now", "SET GLOBAL innodb_buffer_pool_size=" + bytes,
            "what is read later pushes pages out, which are read from the disk when they are asked for again"))
        .stream()).toList();
  }
}
