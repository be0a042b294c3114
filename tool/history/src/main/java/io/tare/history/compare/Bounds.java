package io.tare.history.compare;

import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Snapshot.Amount;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Kind;
import java.util.Optional;

/**
 * What is known of an amount: at least this, at most that. Net is a range by itself. An account may hold more than was booked to it
 * where memory has no owner, or lies in an account that could not be split.
 */
record Bounds(SeriesUnit unit, double least, double most) {
  private static final String UNEXPLAINED = "unexplained";

  /** Empty for what was not measured, and can't be bounded. */
  static Optional<Bounds> of(String id, Snapshot weighing) {
    Amount amount = weighing.amounts().get(id);
    Optional<Account> account = Account.byId(id);
    boolean isLedger = weighing.amounts().containsKey(SeriesNames.RSS) && weighing.amounts().containsKey(UNEXPLAINED);
    if (account.isPresent() && isLedger && (amount != null || account.get() != Account.HEAP_LIVE)) {
      double booked = amount == null ? 0 : amount.level();
      return Optional.of(new Bounds(SeriesUnit.BYTES, booked, booked + hidden(account.get(), weighing)));
    }
    if (amount == null) {
      return Optional.empty();
    }
    return Optional.of(id.equals(SeriesNames.NET)
        ? new Bounds(amount.unit(), level(SeriesNames.NET_LEAST, weighing), amount.level())
        : new Bounds(amount.unit(), amount.level(), amount.level()));
  }

  boolean isExact() {
    return least == most;
  }

  /** Bytes that may belong to the account though they are not booked to it. */
  private static double hidden(Account account, Snapshot weighing) {
    if (isNamedByTheKernel(account)) {
      return 0;
    }
    double hidden = level(UNEXPLAINED, weighing);
    for (Account other : Account.values()) {
      if (other != account && mayHide(other, account, weighing)) {
        hidden += level(other.id(), weighing);
      }
    }
    return hidden;
  }

  private static boolean isNamedByTheKernel(Account account) {
    return account.kind() == Kind.FILE || account.kind() == Kind.SHARED || account == Account.KERNEL;
  }

  /** Memory that the program mapped itself is told apart from malloc's only where malloc was walked. */
  private static boolean mayHide(Account other, Account account, Snapshot weighing) {
    if (other == Account.ANONYMOUS) {
      return account != Account.ANONYMOUS_ZERO && !weighing.amounts().containsKey(Account.MALLOC_USED.id());
    }
    return other.kind() == Kind.UNKNOWN && family(other).equals(family(account));
  }

  private static String family(Account account) {
    return account.id().substring(0, Math.max(0, account.id().indexOf('.')));
  }

  private static double level(String id, Snapshot weighing) {
    Amount amount = weighing.amounts().get(id);
    return amount == null ? 0 : amount.level();
  }
}
