-- Bytes that nobody uses, by account, over the whole fleet, and what they cost.
-- chart: account avg_b
WITH s AS (
  SELECT sum(CAST(gross AS DOUBLE) * ledger_s) AS gross_bs,
    sum(CAST(a_heap_idle AS DOUBLE) * ledger_s) AS heap_idle, sum(CAST(greatest(heap_used - heap_floor, 0) AS DOUBLE) * ledger_s) AS heap_above_floor,
    sum(CAST(a_malloc_idle AS DOUBLE) * ledger_s) AS malloc_idle, sum(CAST(a_stacks_cached AS DOUBLE) * ledger_s) AS stacks_cached,
    sum(CAST(a_go_idle AS DOUBLE) * ledger_s) AS go_idle, sum(CAST(a_python_idle AS DOUBLE) * ledger_s) AS python_idle,
    sum(CAST(a_v8_idle AS DOUBLE) * ledger_s) AS v8_idle, sum(CAST(a_anonymous_zero AS DOUBLE) * ledger_s) AS anonymous_zero,
    sum(CAST(unexplained AS DOUBLE) * ledger_s) AS unexplained
  FROM ledger WHERE ${within})
SELECT account, byte_s / ${window_s} AS avg_b, byte_s / gross_bs AS of_gross_share, byte_s / 3600e0 / 1073741824e0 * ${price} AS cost,
  byte_s / ${window_s} / 1073741824e0 * 730e0 * ${price} AS month_cost
FROM s UNPIVOT (byte_s FOR account IN (heap_idle, heap_above_floor, malloc_idle, stacks_cached, go_idle, python_idle, v8_idle, anonymous_zero, unexplained)) u
ORDER BY avg_b DESC, account
