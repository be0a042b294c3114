-- Each version against the one before it, both at the age of one to 25 hours: a whole day, so that its load falls out.
-- chart: service gross_change_b
WITH v AS (
  SELECT ns, service, version, min(t - uptime_s) AS since_t, count(DISTINCT proc) AS processes, avg(CAST(gross AS DOUBLE)) AS gross_b, avg(CAST(net AS DOUBLE)) AS net_b,
    avg(CAST(a_metaspace_nonclass AS DOUBLE)) AS metaspace_b, avg(CAST(a_malloc_used AS DOUBLE)) AS malloc_b, avg(CAST(threads AS DOUBLE)) AS threads
  FROM ledger WHERE ${within} AND uptime_s >= 3600 AND uptime_s < 90000 AND service IS NOT NULL AND version IS NOT NULL GROUP BY ns, service, version),
w AS (
  SELECT ns, service, lag(version) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS before_version, version, processes, gross_b,
    gross_b - lag(gross_b) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS gross_change_b, net_b - lag(net_b) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS net_change_b,
    metaspace_b - lag(metaspace_b) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS metaspace_change_b,
    malloc_b - lag(malloc_b) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS malloc_change_b,
    threads - lag(threads) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS threads_change
  FROM v)
SELECT * FROM w WHERE before_version IS NOT NULL ORDER BY abs(gross_change_b) DESC NULLS LAST, service, version, ns NULLS LAST LIMIT 100
