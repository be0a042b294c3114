package io.tare.heap.query;

import io.tare.heap.query.Query.Column;
import io.tare.heap.query.Query.Select;

/** Totals stand alone: a query asks for totals only, or for none. */
final class TotalsCheck {
  private TotalsCheck() {}

  static void check(Select select, int at) throws QueryError {
    if (!select.isTotal()) {
      return;
    }
    for (Column column : select.columns()) {
      if (!(column.expression() instanceof Expression.Aggregate)) {
        throw new QueryError(column.expression().at(),
            "a query that counts or sums up can't list single objects too; there is no GROUP BY");
      }
    }
    if (!select.order().isEmpty() || select.distinct()) {
      throw new QueryError(at, "a query that counts or sums up has one row: ORDER BY and DISTINCT mean nothing");
    }
  }
}
