-- Processes that meet their limit within 24 hours if the last six hours go on.
-- needs minutes
WITH g AS (
  SELECT ns, service, version, node, pod, proc, max(limit_b) AS limit_b, max_by(ws, t) AS ws_b, min(t) AS first_t, max(t) AS last_t,
    regr_slope(CAST(ws AS DOUBLE), (t - ${now}) / 3600e0) AS per_h_b, regr_r2(CAST(ws AS DOUBLE), (t - ${now}) / 3600e0) AS fit_share
  FROM ledger WHERE ${last_day} AND t > ${now} - 21600 AND limit_b > 0 AND ws IS NOT NULL AND uptime_s > 1800
  GROUP BY ns, service, version, node, pod, proc)
SELECT service, version, pod, node, CAST(ws_b AS DOUBLE) AS ws_b, CAST(limit_b AS DOUBLE) AS limit_b, per_h_b, fit_share, (limit_b - ws_b) / per_h_b AS left_h
FROM g WHERE last_t > ${now} - 900 AND last_t - first_t >= 3600 AND fit_share >= 0.6e0 AND per_h_b > 0 AND (limit_b - ws_b) / per_h_b < 24
ORDER BY left_h, pod NULLS LAST, proc
