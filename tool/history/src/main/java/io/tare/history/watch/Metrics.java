package io.tare.history.watch;

import io.tare.model.history.SampleColumn;
import io.tare.model.ledger.Account;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The names that an alert can use. */
final class Metrics {
  static final String GROSS = "gross";
  static final String NET = "net";
  static final String TARE = "tare";
  static final String UNEXPLAINED = "unexplained";
  static final String GC_SHARE = "gc.share";

  private Metrics() {}

  static List<String> others() {
    return List.of(GROSS, NET, TARE, UNEXPLAINED, GC_SHARE);
  }

  static List<String> all() {
    return Stream.of(others().stream(), Arrays.stream(SampleColumn.values()).map(SampleColumn::series),
        Arrays.stream(Account.values()).map(Account::id)).flatMap(names -> names).distinct().toList();
  }
}
