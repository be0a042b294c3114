package io.tare.history.verdict;

import io.tare.model.history.LeakRole;
import io.tare.model.history.SeriesNames;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Kind;
import java.util.Optional;
import java.util.Set;

/** What growth of each series means. */
final class LeakRoles {
  static final String HEAP = Account.HEAP_LIVE.id();
  private static final Set<String> COUNTS = Set.of(SeriesNames.THREADS, SeriesNames.CLASSES,
      SeriesNames.FILE_DESCRIPTORS);
  private static final Set<String> SUMS = Set.of(SeriesNames.NET, SeriesNames.RSS, SeriesNames.RSS_ANON,
      SeriesNames.RSS_SHARED, SeriesNames.CGROUP_USAGE, SeriesNames.WORKING_SET, SeriesNames.RSS_FILE,
      SeriesNames.SWAP);
  /** Parts of the heap that say nothing by themselves: its floor is judged for all of them. */
  private static final Set<String> HEAP_PARTS = Set.of(HEAP, Account.HEAP_GARBAGE.id(), Account.HEAP_USED.id(),
      SeriesNames.HEAP_FLOOR, SeriesNames.HEAP_USED, SeriesNames.HEAP_COMMITTED, Account.HEAP_DUPLICATE.id());

  private LeakRoles() {}

  /** Empty for what is not judged by itself: sums of others, and the heap's parts. */
  static Optional<LeakRole> of(String id) {
    if (COUNTS.contains(id)) {
      return Optional.of(LeakRole.COUNT);
    }
    if (SUMS.contains(id) || HEAP_PARTS.contains(id)) {
      return Optional.empty();
    }
    if (id.equals("unexplained") || id.equals(Account.MALLOC_UNSPLIT.id())) {
      return Optional.of(LeakRole.UNCLEAR);
    }
    boolean inUse = id.equals("direct")
        || Account.byId(id).filter(account -> account.kind() == Kind.USED || account.kind() == Kind.LIVE).isPresent();
    return Optional.of(inUse ? LeakRole.NET : LeakRole.TARE);
  }
}
