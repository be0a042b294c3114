package io.tare.ledger.owners;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import java.util.Comparator;

/**
 * Who a byte belongs to, how sure that is and why.
 *
 * @param detail which one of the account's sort
 * @param source who says so, in words
 */
public record Owner(Account account, Detail detail, Confidence confidence, String source) implements Comparable<Owner> {
  private static final Comparator<Owner> ORDER = Comparator.comparing((Owner owner) -> owner.account.name())
      .thenComparing(owner -> owner.detail.label()).thenComparing(owner -> owner.confidence.name())
      .thenComparing(Owner::source);

  /** The owner of an account that is one thing. */
  public static Owner of(Account account, Confidence confidence, String source) {
    return named(account, "", confidence, source);
  }

  public static Owner named(Account account, String name, Confidence confidence, String source) {
    return new Owner(account, new Name(name), confidence, source);
  }

  public static Owner arena(Account account, long address, Confidence confidence, String source) {
    return new Owner(account, new Arena(address), confidence, source);
  }

  public static Owner stack(Account account, long tid, String threadName, Confidence confidence, String source) {
    return new Owner(account, new Stack(tid, threadName), confidence, source);
  }

  /** Which one of an account's sort. */
  public sealed interface Detail {
    /** As a list of mappings shows it. */
    String label();

    /** As the ledger shows it: arenas and stacks are told apart while they are sorted out, and are one line there. */
    default String ledgerName() {
      return "";
    }
  }

  /** A file's path, a segment's name; empty where the account is one thing. */
  public record Name(String label) implements Detail {
    @Override
    public String ledgerName() {
      return label;
    }
  }

  /** One of malloc's arenas, by the address of its structure. */
  public record Arena(long address) implements Detail {
    @Override
    public String label() {
      return Long.toHexString(address);
    }
  }

  /** A living thread's stack. */
  public record Stack(long tid, String threadName) implements Detail {
    @Override
    public String label() {
      return tid + " " + threadName;
    }
  }

  @Override
  public int compareTo(Owner other) {
    return ORDER.compare(this, other);
  }
}
