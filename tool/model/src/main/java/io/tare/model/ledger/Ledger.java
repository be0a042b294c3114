package io.tare.model.ledger;

import java.util.List;

/** Every resident byte of a process and its owner. It balances, or it is not made. */
public record Ledger(long residentBytes, List<Entry> entries, long unexplainedBytes) {
  public Ledger {
    entries = List.copyOf(entries);
    long sum = entries.stream().mapToLong(Entry::residentBytes).reduce(unexplainedBytes, Math::addExact);
    if (sum != residentBytes) {
      throw new IllegalArgumentException("ledger does not balance: " + sum + " != " + residentBytes);
    }
    if (unexplainedBytes < 0) {
      throw new IllegalArgumentException("unexplained is negative: " + unexplainedBytes);
    }
  }

  public long bytes(Account account) {
    return entries.stream().filter(e -> e.account() == account).mapToLong(Entry::residentBytes).sum();
  }

  public long bytes(Kind kind) {
    return entries.stream().filter(e -> e.account().kind() == kind).mapToLong(Entry::residentBytes).sum();
  }

  /** Bytes of which it is not known whether anybody uses them: without a split, or without an owner. */
  public long notKnownBytes() {
    return bytes(Kind.UNKNOWN) + unexplainedBytes;
  }

  public long bytes(Confidence confidence) {
    return entries.stream().filter(e -> e.confidence() == confidence).mapToLong(Entry::residentBytes).sum();
  }
}
