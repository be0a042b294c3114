-- Processes that belong to no service, in the last day: what they are called, where they run, what they take.
-- chart: name gross_b
WITH l AS (
  SELECT cluster, node, proc, max(runtime) AS runtime, avg(CAST(gross AS DOUBLE)) AS gross_b, avg(CAST(net AS DOUBLE)) AS net_b, max(t) AS last_t
  FROM ledger WHERE ${last_day} AND service IS NULL GROUP BY cluster, node, proc),
p AS (SELECT proc, max(name) AS name, max(unit) AS unit, min(started_t) AS started_t FROM process WHERE ${seen_last_day} GROUP BY proc)
SELECT l.node, p.name, p.unit, l.runtime, l.gross_b, l.net_b, p.started_t, l.last_t
FROM l LEFT JOIN p ON p.proc = l.proc ORDER BY l.gross_b DESC NULLS LAST, l.node NULLS LAST, p.name NULLS LAST, l.proc LIMIT 100
