-- Each version against the one before it, both at the age of one to 25 hours: a whole day, so that its load falls out.
-- chart: service gross_change_b
WITH l AS (
  SELECT proc, min(t - uptime_s) AS since_t, sum(CAST(gross AS DOUBLE)) AS gross_sum, count(gross) AS gross_n, sum(CAST(net AS DOUBLE)) AS net_sum, count(net) AS net_n,
    sum(CAST(a_metaspace_nonclass AS DOUBLE)) AS metaspace_sum, count(a_metaspace_nonclass) AS metaspace_n, sum(CAST(a_malloc_used AS DOUBLE)) AS malloc_sum, count(a_malloc_used) AS malloc_n, sum(CAST(threads AS DOUBLE)) AS threads_sum, count(threads) AS threads_n
  FROM ledger WHERE ${within} AND uptime_s >= 3600 AND uptime_s < 90000 GROUP BY proc),
-- Whose a process is its rows of each day say: a number as the key of the minutes costs less than names.
i AS (SELECT proc, max(ns) AS ns, max(service) AS service, max(version) AS version FROM process WHERE ${days} AND service IS NOT NULL AND version IS NOT NULL GROUP BY proc),
v AS (
  SELECT ns, service, version, min(since_t) AS since_t, count(*) AS processes, sum(gross_sum) / sum(gross_n) AS gross_b, sum(net_sum) / sum(net_n) AS net_b,
    sum(metaspace_sum) / sum(metaspace_n) AS metaspace_b, sum(malloc_sum) / sum(malloc_n) AS malloc_b, sum(threads_sum) / sum(threads_n) AS threads
  FROM l JOIN i ON i.proc = l.proc GROUP BY ns, service, version),
w AS (
  SELECT ns, service, lag(version) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS before_version, version, processes, gross_b,
    gross_b - lag(gross_b) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS gross_change_b, net_b - lag(net_b) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS net_change_b,
    metaspace_b - lag(metaspace_b) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS metaspace_change_b,
    malloc_b - lag(malloc_b) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS malloc_change_b,
    threads - lag(threads) OVER (PARTITION BY ns, service ORDER BY since_t, version) AS threads_change
  FROM v)
SELECT * FROM w WHERE before_version IS NOT NULL ORDER BY abs(gross_change_b) DESC NULLS LAST, service, version, ns NULLS LAST LIMIT 100
