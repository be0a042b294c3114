package io.tare.fleet.store;

import io.tare.fleet.schema.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Hours from minutes: {@code hour.sql} with its means spelled out. */
final class RollUp {
  private static final Pattern MEAN = Pattern.compile("\\$\\{mean(_s)?:(\\w+)}");

  private RollUp() {}

  /** The query that rolls up what a query gives. */
  static String of(String minutes) {
    String accounts = Table.LEDGER.columns().stream().map(Table.Column::name).filter(name -> name.startsWith("a_"))
        .map(name -> "${mean:" + name + "}").collect(Collectors.joining(", "));
    String sql = text().replace("${accounts}", accounts).replace("${minutes}", minutes);
    return MEAN.matcher(sql).replaceAll(found -> {
      String column = found.group(2);
      // A ledger balances: an account that it does not have holds nothing in it. A reading that is missing is not known.
      boolean isOfLedger = found.group(1) == null;
      String weight = isOfLedger ? "ledger_s" : "span_s";
      return "CAST(sum(CAST(" + column + " AS DOUBLE) * " + weight + ") / sum(CASE WHEN "
          + (isOfLedger ? "gross" : column) + " IS NOT NULL THEN " + weight + " END) AS BIGINT) AS " + column;
    });
  }

  private static String text() {
    try (InputStream in = Table.class.getResourceAsStream("hour.sql")) {
      return new String(Objects.requireNonNull(in, "hour.sql").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
