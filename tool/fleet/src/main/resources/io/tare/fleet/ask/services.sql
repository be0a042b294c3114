-- Services by their tare: bytes beside what the programs themselves put there and use.
-- chart: service tare_b
WITH l AS (
  SELECT proc, sum(CAST(gross AS DOUBLE) * ledger_s) AS gross_bs, sum(CAST(gross - net AS DOUBLE) * ledger_s) AS tare_bs,
    sum(CASE WHEN net IS NOT NULL THEN CAST(gross AS DOUBLE) * ledger_s END) AS known_bs
  FROM ledger WHERE ${within} GROUP BY proc),
-- Whose a process is its rows of each day say: a number as the key of the minutes costs less than names.
i AS (SELECT proc, max(ns) AS ns, max(service) AS service FROM process WHERE ${days} GROUP BY proc)
SELECT i.ns, i.service, count(*) AS processes, sum(gross_bs) / ${window_s} AS gross_b, sum(tare_bs) / ${window_s} AS tare_b, sum(tare_bs) / sum(known_bs) AS tare_share,
  sum(tare_bs) / ${window_s} / 1073741824e0 * 730e0 * ${price} AS month_cost
FROM l LEFT JOIN i ON i.proc = l.proc
GROUP BY i.ns, i.service ORDER BY tare_b DESC NULLS LAST, i.service NULLS LAST, i.ns NULLS LAST LIMIT 50
