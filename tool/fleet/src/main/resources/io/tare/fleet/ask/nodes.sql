-- Nodes whose limits add up to more than they have, with the worst minute that their processes had together.
-- chart: node limits_share
WITH m AS (
  SELECT cluster, node, t, sum(CAST(limit_b AS DOUBLE) * least(span_s, 60)) / 60e0 AS limits_b, sum(CAST(request_b AS DOUBLE) * least(span_s, 60)) / 60e0 AS requests_b,
    sum(CAST(ws AS DOUBLE) * least(span_s, 60)) / 60e0 AS ws_b, sum(CAST(gross - net AS DOUBLE) * least(span_s, 60)) / 60e0 AS tare_b
  FROM ledger WHERE ${last_day} GROUP BY cluster, node, t),
n AS (
  SELECT cluster, node, max(limits_b) AS limits_b, max(requests_b) AS requests_b, max(ws_b) AS peak_b, max_by(t, ws_b) AS peak_t, avg(tare_b) AS tare_b
  FROM m GROUP BY cluster, node),
c AS (
  SELECT cluster, node, CAST(max_by(coalesce(allocatable_b, memory_b), t) AS DOUBLE) AS has_b FROM node_capacity WHERE ${days} GROUP BY cluster, node)
SELECT n.cluster, n.node, has_b, limits_b / has_b AS limits_share, requests_b / has_b AS requests_share, peak_b / has_b AS peak_share, peak_t, tare_b
FROM n JOIN c ON c.node = n.node AND coalesce(c.cluster, '') = coalesce(n.cluster, '')
WHERE limits_b > has_b ORDER BY peak_share DESC NULLS LAST, n.node NULLS LAST, n.cluster NULLS LAST
