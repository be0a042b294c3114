package io.tare.report.ledger;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Kind;
import io.tare.model.ledger.Ledger;
import io.tare.report.look.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ledger's rows, biggest first, without the row of the unexplained. Every byte stays in one row, however much is folded. */
final class LedgerRows {
  private static final int FILES_SHOWN = 3;
  private static final int NOTABLE_FILE_PERCENT = 1;
  private static final int SMALL_PER_THOUSAND = 5;
  private static final Comparator<Row> BIGGEST_FIRST = Comparator.comparingLong(Row::bytes).reversed()
      .thenComparing(Row::label);

  private LedgerRows() {}

  /** A row for every entry. */
  static List<Row> all(Ledger ledger) {
    return AccountSum.of(ledger).stream().flatMap(sum -> sum.entries().stream().map(entry -> row(sum, entry)))
        .sorted(BIGGEST_FIRST).toList();
  }

  /**
   * The rows that matter: big files one by one, malloc's memory by who is known to have taken it, every other account as a whole, small
   * accounts folded by kind.
   */
  static List<Row> notable(Ledger ledger) {
    long whole = ledger.residentBytes();
    List<Row> rows = AccountSum.of(ledger).stream().flatMap(sum -> rows(sum, whole)).toList();
    return foldSmall(rows, whole).stream().sorted(BIGGEST_FIRST).toList();
  }

  private static Stream<Row> rows(AccountSum sum, long whole) {
    if (sum.isFiles()) {
      return files(sum, whole).stream();
    }
    return sum.isByTaker() ? sum.entries().stream().map(entry -> row(sum, entry)) : Stream.of(whole(sum));
  }

  private static Row row(AccountSum sum, Entry entry) {
    String title = entry.name().isEmpty() ? sum.account().title() : sum.shortTitle();
    return new Row(title, entry.name(), sum.account().id(), sum.account().kind(), entry.residentBytes(),
        entry.confidence(), entry.evidence());
  }

  private static Row whole(AccountSum sum) {
    return new Row(sum.account().title(), sum.onlyName(), sum.account().id(), sum.account().kind(), sum.bytes(),
        sum.confidence(), "");
  }

  private static List<Row> files(AccountSum sum, long whole) {
    int shown = (int) sum.entries().stream().limit(FILES_SHOWN)
        .filter(entry -> entry.residentBytes() * 100 >= whole * NOTABLE_FILE_PERCENT).count();
    List<Row> rows = new ArrayList<>();
    sum.entries().subList(0, shown).forEach(entry -> rows.add(row(sum, entry)));
    List<Entry> rest = sum.entries().subList(shown, sum.entries().size());
    if (rest.size() == 1) {
      rows.add(row(sum, rest.getFirst()));
    } else if (!rest.isEmpty()) {
      rows.add(rest(sum, rest, shown > 0 ? " more" : ""));
    }
    return rows;
  }

  private static Row rest(AccountSum sum, List<Entry> rest, String more) {
    String name = Count.grouped(rest.size()) + more + " files";
    long bytes = rest.stream().mapToLong(Entry::residentBytes).sum();
    return new Row(sum.shortTitle(), name, sum.account().id(), sum.account().kind(), bytes, sum.confidence(), "");
  }

  private static List<Row> foldSmall(List<Row> rows, long whole) {
    Predicate<Row> isSmall = row -> row.bytes() * 1000 < whole * SMALL_PER_THOUSAND;
    Map<Kind, List<Row>> small = rows.stream().filter(isSmall).collect(Collectors.groupingBy(Row::kind));
    List<Row> shown = new ArrayList<>(rows.stream().filter(isSmall.negate()).toList());
    small.values().stream().map(LedgerRows::fold).forEach(shown::addAll);
    return shown;
  }

  private static List<Row> fold(List<Row> rows) {
    if (rows.size() == 1) {
      return rows;
    }
    Row first = rows.getFirst();
    List<String> ids = rows.stream().map(Row::id).distinct().toList();
    String title = ids.size() == 1 ? "Small parts of" : Count.of(ids.size(), "small account");
    Confidence confidence = rows.stream().map(Row::confidence).max(Comparator.naturalOrder())
        .orElse(first.confidence());
    return List.of(new Row(title, String.join(", ", ids), "", first.kind(),
        rows.stream().mapToLong(Row::bytes).sum(), confidence, ""));
  }

  /**
   * One line of the ledger as it is shown: an account, a part of one, or several folded together.
   *
   * @param title what it is
   * @param name which one, or which ones; empty where the account is one thing
   * @param id the account's id; empty for a fold of several accounts
   * @param evidence where the number came from; empty for a sum
   */
  record Row(String title, String name, String id, Kind kind, long bytes, Confidence confidence,
      String evidence) {
    /** The row of what has no owner. It is always there, also when it is nothing. */
    static Row unexplained(long bytes) {
      return new Row("No owner found", "", "unexplained", Kind.UNEXPLAINED, bytes, Confidence.MEASURED, "");
    }

    /** Title and name in one text. */
    String label() {
      return name.isEmpty() ? title : title + ": " + name;
    }
  }

  /** One account with all its entries, biggest first. */
  record AccountSum(Account account, List<Entry> entries, long bytes) {
    private static final Comparator<Entry> BIGGEST_FIRST = Comparator.comparingLong(Entry::residentBytes).reversed()
        .thenComparing(Entry::name);

    private static final Comparator<AccountSum> BY_BYTES = Comparator.comparingLong(AccountSum::bytes).reversed()
        .thenComparing(AccountSum::account);

    AccountSum {
      entries = entries.stream().sorted(BIGGEST_FIRST).toList();
    }

    /** The accounts that hold something, biggest first. */
    static List<AccountSum> of(Ledger ledger) {
      Map<Account, List<Entry>> byAccount = ledger.entries().stream().filter(entry -> entry.residentBytes() > 0)
          .collect(Collectors.groupingBy(Entry::account));
      return byAccount.entrySet().stream().map(e -> of(e.getKey(), e.getValue()))
          .sorted(BY_BYTES).toList();
    }

    private static AccountSum of(Account account, List<Entry> entries) {
      return new AccountSum(account, entries, entries.stream().mapToLong(Entry::residentBytes).sum());
    }

    /** As sure as its least sure entry. */
    Confidence confidence() {
      return entries.stream().map(Entry::confidence).max(Comparator.naturalOrder()).orElse(Confidence.MEASURED);
    }

    /** The entry's name when there is only one. */
    String onlyName() {
      return entries.size() == 1 ? entries.getFirst().name() : "";
    }

    /** Whether the account has one entry a file. */
    boolean isFiles() {
      return switch (account) {
        case MAPPED, MAPPED_DIRTY, SHARED, LIBRARIES, LIBRARIES_DATA -> true;
        default -> false;
      };
    }

    /** Whether parts of the account have a name where their taker is known. */
    boolean isByTaker() {
      return account == Account.MALLOC_USED || account == Account.MALLOC_MMAPPED;
    }

    /** The account's title, or a short one where a file's name, or a taker's, follows. */
    String shortTitle() {
      return switch (account) {
        case LIBRARIES -> "Library code";
        case LIBRARIES_DATA -> "Library data";
        case MAPPED_DIRTY -> "Mapped file, changed";
        case MALLOC_USED -> "malloc";
        case MALLOC_MMAPPED -> "malloc, large blocks";
        default -> account.title();
      };
    }
  }
}
