-- Services by their tare: bytes beside what the programs themselves put there and use.
-- chart: service tare_b
SELECT ns, service, count(DISTINCT proc) AS processes, sum(CAST(gross AS DOUBLE) * ledger_s) / ${window_s} AS gross_b,
  sum(CAST(gross - net AS DOUBLE) * ledger_s) / ${window_s} AS tare_b,
  sum(CAST(gross - net AS DOUBLE) * ledger_s) / sum(CASE WHEN net IS NOT NULL THEN CAST(gross AS DOUBLE) * ledger_s END) AS tare_share,
  sum(CAST(gross - net AS DOUBLE) * ledger_s) / ${window_s} / 1073741824e0 * 730e0 * ${price} AS month_cost
FROM ledger WHERE ${within}
GROUP BY ns, service ORDER BY tare_b DESC NULLS LAST, service NULLS LAST, ns NULLS LAST LIMIT 50
