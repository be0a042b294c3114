package io.tare.report.view;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One account with all its entries, biggest first. */
public record AccountSum(Account account, List<Entry> entries, long bytes) {
  private static final Comparator<Entry> BIGGEST_FIRST = Comparator.comparingLong(Entry::residentBytes).reversed()
      .thenComparing(Entry::name);

  private static final Comparator<AccountSum> BY_BYTES = Comparator.comparingLong(AccountSum::bytes).reversed()
      .thenComparing(AccountSum::account);

  public AccountSum {
    entries = entries.stream().sorted(BIGGEST_FIRST).toList();
  }

  /** The accounts that hold something, biggest first. */
  public static List<AccountSum> of(Ledger ledger) {
    Map<Account, List<Entry>> byAccount = ledger.entries().stream().filter(entry -> entry.residentBytes() > 0)
        .collect(Collectors.groupingBy(Entry::account));
    return byAccount.entrySet().stream().map(e -> of(e.getKey(), e.getValue()))
        .sorted(BY_BYTES).toList();
  }

  private static AccountSum of(Account account, List<Entry> entries) {
    return new AccountSum(account, entries, entries.stream().mapToLong(Entry::residentBytes).sum());
  }

  /** As sure as its least sure entry. */
  public Confidence confidence() {
    return entries.stream().map(Entry::confidence).max(Comparator.naturalOrder()).orElse(Confidence.MEASURED);
  }

  /** The entry's name when there is only one. */
  public String onlyName() {
    return entries.size() == 1 ? entries.getFirst().name() : "";
  }

  /** Whether the account has one entry a file. */
  public boolean isFiles() {
    return switch (account) {
      case MAPPED, MAPPED_DIRTY, SHARED, LIBRARIES, LIBRARIES_DATA -> true;
      default -> false;
    };
  }

  /** The account's title, or a short one where a file's name follows. */
  public String shortTitle() {
    return switch (account) {
      case LIBRARIES -> "Library code";
      case LIBRARIES_DATA -> "Library data";
      case MAPPED_DIRTY -> "Mapped file, changed";
      default -> account.title();
    };
  }
}
