package io.tare.report.view;

import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Kind;
import io.tare.model.ledger.Ledger;
import io.tare.report.words.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ledger's rows, biggest first, without the row of the unexplained. Every byte stays in one row, however much is folded. */
public final class LedgerRows {
  private static final int FILES_SHOWN = 3;
  private static final int NOTABLE_FILE_PERCENT = 1;
  private static final int SMALL_PER_THOUSAND = 5;
  private static final Comparator<LedgerRow> BIGGEST_FIRST = Comparator.comparingLong(LedgerRow::bytes).reversed()
      .thenComparing(LedgerRow::label);

  private LedgerRows() {}

  /** A row for every entry. */
  public static List<LedgerRow> all(Ledger ledger) {
    return AccountSum.of(ledger).stream().flatMap(sum -> sum.entries().stream().map(entry -> row(sum, entry)))
        .sorted(BIGGEST_FIRST).toList();
  }

  /** The rows that matter: big files one by one, every other account as a whole, small accounts folded by kind. */
  public static List<LedgerRow> notable(Ledger ledger) {
    long whole = ledger.residentBytes();
    List<LedgerRow> rows = AccountSum.of(ledger).stream()
        .flatMap(sum -> sum.isFiles() ? files(sum, whole).stream() : Stream.of(whole(sum))).toList();
    return foldSmall(rows, whole).stream().sorted(BIGGEST_FIRST).toList();
  }

  private static LedgerRow row(AccountSum sum, Entry entry) {
    String title = entry.name().isEmpty() ? sum.account().title() : sum.shortTitle();
    return new LedgerRow(title, entry.name(), sum.account().id(), sum.account().kind(), entry.residentBytes(),
        entry.confidence(), entry.evidence());
  }

  private static LedgerRow whole(AccountSum sum) {
    return new LedgerRow(sum.account().title(), sum.onlyName(), sum.account().id(), sum.account().kind(), sum.bytes(),
        sum.confidence(), "");
  }

  private static List<LedgerRow> files(AccountSum sum, long whole) {
    int shown = (int) sum.entries().stream().limit(FILES_SHOWN)
        .filter(entry -> entry.residentBytes() * 100 >= whole * NOTABLE_FILE_PERCENT).count();
    List<LedgerRow> rows = new ArrayList<>();
    sum.entries().subList(0, shown).forEach(entry -> rows.add(row(sum, entry)));
    List<Entry> rest = sum.entries().subList(shown, sum.entries().size());
    if (rest.size() == 1) {
      rows.add(row(sum, rest.getFirst()));
    } else if (!rest.isEmpty()) {
      rows.add(rest(sum, rest, shown > 0 ? " more" : ""));
    }
    return rows;
  }

  private static LedgerRow rest(AccountSum sum, List<Entry> rest, String more) {
    String name = Count.grouped(rest.size()) + more + " files";
    long bytes = rest.stream().mapToLong(Entry::residentBytes).sum();
    return new LedgerRow(sum.shortTitle(), name, sum.account().id(), sum.account().kind(), bytes, sum.confidence(), "");
  }

  private static List<LedgerRow> foldSmall(List<LedgerRow> rows, long whole) {
    Predicate<LedgerRow> isSmall = row -> row.bytes() * 1000 < whole * SMALL_PER_THOUSAND;
    Map<Kind, List<LedgerRow>> small = rows.stream().filter(isSmall).collect(Collectors.groupingBy(LedgerRow::kind));
    List<LedgerRow> shown = new ArrayList<>(rows.stream().filter(isSmall.negate()).toList());
    small.values().stream().map(LedgerRows::fold).forEach(shown::addAll);
    return shown;
  }

  private static List<LedgerRow> fold(List<LedgerRow> rows) {
    if (rows.size() == 1) {
      return rows;
    }
    LedgerRow first = rows.getFirst();
    List<String> ids = rows.stream().map(LedgerRow::id).distinct().toList();
    String title = ids.size() == 1 ? "Small parts of" : Count.of(ids.size(), "small account");
    Confidence confidence = rows.stream().map(LedgerRow::confidence).max(Comparator.naturalOrder())
        .orElse(first.confidence());
    return List.of(new LedgerRow(title, String.join(", ", ids), "", first.kind(),
        rows.stream().mapToLong(LedgerRow::bytes).sum(), confidence, ""));
  }
}
