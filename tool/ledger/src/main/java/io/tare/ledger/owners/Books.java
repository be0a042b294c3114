package io.tare.ledger.owners;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes by owner, while they are being sorted out. Moving bytes between owners never changes their sum.
 *
 * @param bytes by owner, none of them zero
 * @param unexplained bytes without an owner
 */
public record Books(Map<Owner, Long> bytes, long unexplained) {
  public Books {
    bytes = Map.copyOf(bytes);
  }

  /** The changed pages of a mapped file are a line of their own: the kernel can't just drop them. */
  public static Books of(List<Piece> pieces) {
    Map<Owner, Long> bytes = new LinkedHashMap<>();
    long unexplained = 0;
    for (Piece piece : pieces) {
      if (piece.owner().isPresent()) {
        Owner owner = piece.owner().get();
        long changed = owner.account() == Account.MAPPED ? piece.changedBytes() : 0;
        add(bytes, owner, piece.residentBytes() - changed);
        add(bytes,
            new Owner(Account.MAPPED_DIRTY, owner.detail(), owner.confidence(), "dirty pages of the mapping"), changed);
      } else {
        unexplained = Math.addExact(unexplained, piece.residentBytes());
      }
    }
    return new Books(bytes, unexplained);
  }

  private static void add(Map<Owner, Long> bytes, Owner owner, long amount) {
    if (amount > 0) {
      bytes.merge(owner, amount, Math::addExact);
    }
  }

  public long total(Account account) {
    return bytes.entrySet().stream().filter(e -> e.getKey().account() == account).mapToLong(Map.Entry::getValue).sum();
  }

  /** Moves up to {@code amount} bytes from one owner to another: no more than there are. */
  public Books move(Owner from, Owner to, long amount) {
    long moved = Math.max(0, Math.min(amount, bytes.getOrDefault(from, 0L)));
    if (moved == 0 || from.equals(to)) {
      return this;
    }
    Map<Owner, Long> next = new LinkedHashMap<>(bytes);
    next.merge(from, -moved, Math::addExact);
    next.merge(to, moved, Math::addExact);
    next.values().removeIf(value -> value == 0);
    return new Books(next, unexplained);
  }

  /** Moves up to {@code amount} bytes of an account, whichever owners hold it. */
  public Books move(Account from, Owner to, long amount) {
    Books next = this;
    long left = amount;
    for (Owner owner : owners(from)) {
      long moved = Math.min(left, next.bytes.getOrDefault(owner, 0L));
      next = next.move(owner, to, moved);
      left -= moved;
    }
    return next;
  }

  /** Books all of one account as another, as sure as it was. */
  public Books rebook(Account from, Account to, String source) {
    Books next = this;
    for (Owner owner : owners(from)) {
      next = next.move(owner, new Owner(to, owner.detail(), owner.confidence(), source),
          next.bytes.getOrDefault(owner, 0L));
    }
    return next;
  }

  public List<Owner> owners(Account account) {
    return bytes.keySet().stream().filter(owner -> owner.account() == account)
        .sorted().toList();
  }

  /** The entries of a ledger, biggest first: one for every account and name, what is inferred by itself. */
  public List<Entry> entries() {
    record Line(Account account, String name, boolean inferred) {}
    Map<Line, List<Map.Entry<Owner, Long>>> lines = new LinkedHashMap<>();
    bytes.entrySet().stream().sorted(Map.Entry.comparingByKey())
        .forEach(e -> {
          Owner owner = e.getKey();
          Line line = new Line(owner.account(), owner.detail().ledgerName(), owner.confidence() == Confidence.INFERRED);
          lines.computeIfAbsent(line, k -> new ArrayList<>()).add(e);
        });
    List<Entry> entries = new ArrayList<>();
    lines.forEach((line, parts) -> {
      long sum = parts.stream().mapToLong(Map.Entry::getValue).sum();
      Owner main = parts.stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      entries.add(new Entry(line.account(), line.name(), sum, leastSure(parts), main.source()));
    });
    entries.sort(Comparator.comparingLong(Entry::residentBytes).reversed().thenComparing(Entry::account)
        .thenComparing(Entry::name));
    return entries;
  }

  private static Confidence leastSure(List<Map.Entry<Owner, Long>> parts) {
    return parts.stream().map(e -> e.getKey().confidence()).max(Comparator.naturalOrder()).orElseThrow();
  }
}
