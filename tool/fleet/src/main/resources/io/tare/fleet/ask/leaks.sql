-- Services with a version that leaks, and the first one that does.
-- What Tare judged of a process counts; where it could not tell, a floor of net that rose for a day and more does.
WITH h AS (
  SELECT proc, t - t % 3600 AS hour_t, min(net) AS net_b, min(t) AS t FROM ledger WHERE ${within} AND uptime_s >= 3600 AND net IS NOT NULL
  GROUP BY proc, t - t % 3600),
f AS (
  SELECT proc, min(t) AS t, count(*) AS hours, min(net_b) AS least_b,
    regr_slope(CAST(net_b AS DOUBLE), (hour_t - ${now}) / 3600e0) AS per_h_b, regr_r2(CAST(net_b AS DOUBLE), (hour_t - ${now}) / 3600e0) AS fit_share
  FROM h GROUP BY proc),
-- Whose a process is its rows of each day say: a number as the key of the minutes costs less than names.
i AS (SELECT proc, max(ns) AS ns, max(service) AS service, max(version) AS version FROM process WHERE ${days} AND service IS NOT NULL GROUP BY proc),
p AS (SELECT i.ns, i.service, i.version, f.* FROM f JOIN i ON i.proc = f.proc),
j AS (
  SELECT proc, max(CASE WHEN answer = 'yes' THEN 1 ELSE 0 END) AS judged FROM verdict
  WHERE ${within} AND rule = 'leak' AND answer IN ('yes', 'no') GROUP BY proc),
a AS (
  SELECT p.ns, p.service, p.version, p.t, p.per_h_b,
    coalesce(j.judged, CASE WHEN hours < 24 THEN NULL WHEN fit_share >= 0.7e0 AND per_h_b * hours > 0.1e0 * least_b THEN 1 ELSE 0 END) AS leaks
  FROM p LEFT JOIN j ON j.proc = p.proc),
v AS (
  SELECT ns, service, version, min(t) AS since_t, count(*) AS judged, sum(leaks) AS leaking, median(per_h_b) AS per_h_b
  FROM a WHERE leaks IS NOT NULL GROUP BY ns, service, version),
w AS (
  SELECT *, CAST(leaking AS DOUBLE) / judged AS leaking_share, lag(CAST(leaking AS DOUBLE) / judged) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS before_share,
    lag(version) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS before_version
  FROM v)
SELECT ns, service, version AS first_bad_version, before_version, since_t, judged, leaking, leaking_share, before_share, per_h_b
FROM w WHERE leaking_share >= 0.5e0 AND (before_share IS NULL OR before_share < 0.5e0)
ORDER BY leaking DESC, service, version, ns NULLS LAST
