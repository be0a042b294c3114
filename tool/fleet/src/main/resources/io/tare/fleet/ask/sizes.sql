-- Requests and limits that fit: percentiles of the working set by service, newer days counting more, with headroom.
-- A histogram whose steps grow by five percent: a percentile is the upper edge of its step, so never too low. Half of the weight is of the last seven days.
-- chart: service returns_b
WITH r AS (
  SELECT proc, CAST(floor(ln(ws / 1e7 * 0.05e0 + 1) / ln(1.05e0)) AS INT) AS k, sum(span_s * exp((t - ${now}) / 604800e0 * ln(2e0))) AS w, max(ws) AS peak
  FROM ledger WHERE ${within} AND ws IS NOT NULL GROUP BY proc, CAST(floor(ln(ws / 1e7 * 0.05e0 + 1) / ln(1.05e0)) AS INT)),
-- Whose a process is its rows of each day say: a number as the key of the minutes costs less than names.
i AS (
  SELECT proc, max(ns) AS ns, max(service) AS service, max(container) AS container, max(request_b) AS request_b, max(limit_b) AS limit_b
  FROM process WHERE ${days} AND service IS NOT NULL GROUP BY proc),
b AS (
  SELECT ns, service, container, k, sum(w) AS w, max(peak) AS peak, max(request_b) AS request_b, max(limit_b) AS limit_b FROM r JOIN i ON i.proc = r.proc GROUP BY ns, service, container, k),
c AS (
  SELECT *, sum(w) OVER (PARTITION BY ns, service, container ORDER BY k) / sum(w) OVER (PARTITION BY ns, service, container) AS share FROM b),
q AS (
  SELECT ns, service, container, min(CASE WHEN share >= 0.95e0 THEN 1e7 * (power(1.05e0, k + 1) - 1) / 0.05e0 END) AS p95_b,
    min(CASE WHEN share >= 0.99e0 THEN 1e7 * (power(1.05e0, k + 1) - 1) / 0.05e0 END) AS p99_b, CAST(max(peak) AS DOUBLE) AS peak_b,
    CAST(max(request_b) AS DOUBLE) AS request_b, CAST(max(limit_b) AS DOUBLE) AS limit_b
  FROM c GROUP BY ns, service, container),
o AS (
  SELECT coalesce(ns, '') AS ns, service, coalesce(container, '') AS container, count(*) AS kills FROM event
  WHERE kind = 'oom_kill' AND ${within} GROUP BY coalesce(ns, ''), service, coalesce(container, ''))
SELECT q.ns, q.service, q.container, request_b, limit_b, p95_b, p99_b, peak_b, coalesce(o.kills, 0) AS kills, p95_b * ${headroom} AS fit_request_b,
  CASE WHEN o.kills > 0 THEN NULL ELSE greatest(p99_b * ${headroom}, peak_b * 1.05e0) END AS fit_limit_b, request_b - p95_b * ${headroom} AS returns_b
FROM q LEFT JOIN o ON o.ns = coalesce(q.ns, '') AND o.service = q.service AND o.container = coalesce(q.container, '')
ORDER BY returns_b DESC NULLS LAST, q.service, q.container NULLS LAST, q.ns NULLS LAST
