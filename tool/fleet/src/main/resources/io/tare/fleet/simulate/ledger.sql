-- One day of ledgers: a row a minute of each life. What a runtime has not is NULL. Every row balances: gross is the sum of its accounts.
WITH minute AS (
  SELECT *, unnest(range(greatest(start_t, ${from_s}), least(end_t, ${to_s}), 60)) AS t
  FROM (SELECT * FROM life WHERE start_t < ${to_s} AND end_t > ${from_s} ORDER BY service NULLS LAST, pod, start_t)),
noise AS (
  SELECT *, t - start_t AS up, least((t - start_t) / 1800e0, 1) * 0.5e0 + 0.5e0 AS warm,
    0.5e0 + 0.5e0 * sin(2 * pi() * (t % 86400) / 86400e0 + phase) AS busy,
    (hash(h, t) % 10000) / 10000e0 AS r1, (hash(h, t, 2) % 10000) / 10000e0 AS r2, (hash(h, t // 1020) % 10000) / 10000e0 AS r3,
    runtime = 'HotSpot' AS j
  FROM minute),
part AS (
  SELECT *, live0 * (0.8e0 + 0.2e0 * busy) * warm AS base, limit_b * 0.06e0 AS young, (50e6 + h % 40 * 1e6) * warm AS meta,
    25e6 + busy * 8e6 + r3 * 2e6 AS mused, 6e6 + least(up / 172800e0, 1) * 2e7 AS midle
  FROM noise),
account AS (
  SELECT *,
    CASE WHEN j THEN pg(base + leak_heap * up + r1 * young) END AS a_heap_used,
    CASE WHEN j THEN pg((1 - r1) * young + limit_b * 0.005e0 * (h % 11)) END AS a_heap_idle,
    CASE WHEN j THEN pg(meta * 0.13e0) END AS a_metaspace_class, CASE WHEN j THEN pg(meta * 0.87e0) END AS a_metaspace_nonclass,
    CASE WHEN j THEN pg(28e6 * warm + h % 9 * 1e6) END AS a_code_cache, CASE WHEN j THEN 13275136 END AS a_cds,
    CASE WHEN j THEN pg(limit_b * 0.018e0) END AS a_gc, CASE WHEN j THEN pg((30 + busy * 60) * 90e3) END AS a_stacks_java,
    pg(5e5 + r3 * 9e4) AS a_stacks_native, CASE WHEN h % 2 = 0 THEN pg(4e5 * r3) END AS a_stacks_cached,
    CASE WHEN j THEN pg(mused + leak_malloc * up) WHEN runtime = 'native' THEN pg(base) WHEN runtime = 'CPython' THEN pg(9e6) END AS a_malloc_used,
    CASE WHEN runtime <> 'Go' THEN pg(midle) END AS a_malloc_idle,
    CASE WHEN runtime = 'Go' THEN pg(base + leak_go * up) END AS a_go_heap, CASE WHEN runtime = 'Go' THEN pg(live0 * 0.15e0 * (1 - busy)) END AS a_go_idle,
    CASE WHEN runtime = 'Go' THEN pg(4e6 + busy * 9e6) END AS a_go_stacks, CASE WHEN runtime = 'Go' THEN pg(9e6 + r3 * 1e6) END AS a_go_runtime,
    CASE WHEN runtime = 'CPython' THEN pg(base) END AS a_python_arenas, CASE WHEN runtime = 'CPython' THEN pg(live0 * 0.1e0 * r3) END AS a_python_idle,
    pg(2.5e6) AS a_mapped, pg(9e6 + h % 100 * 4096) AS a_libraries, pg(1.6e6 + h % 50 * 4096) AS a_libraries_data, 4096 AS a_kernel,
    CASE WHEN h % 3 = 0 THEN pg(3e6) END AS a_anonymous, pg(r2 * 2e6) AS unexplained,
    CASE WHEN j THEN pg(base + leak_heap * up + r3 * 1e6) END AS heap_floor
  FROM part),
weight AS (
  SELECT *, coalesce(a_heap_used, 0) + coalesce(a_heap_idle, 0) + coalesce(a_metaspace_class, 0) + coalesce(a_metaspace_nonclass, 0) + coalesce(a_code_cache, 0)
    + coalesce(a_cds, 0) + coalesce(a_gc, 0) + coalesce(a_stacks_java, 0) + a_stacks_native + coalesce(a_stacks_cached, 0) + coalesce(a_malloc_used, 0)
    + coalesce(a_malloc_idle, 0) + coalesce(a_go_heap, 0) + coalesce(a_go_idle, 0) + coalesce(a_go_stacks, 0) + coalesce(a_go_runtime, 0)
    + coalesce(a_python_arenas, 0) + coalesce(a_python_idle, 0) + a_mapped + a_libraries + a_libraries_data + a_kernel + coalesce(a_anonymous, 0) + unexplained AS gross
  FROM account)
SELECT * REPLACE (CAST(gross AS BIGINT) AS gross), 60 AS span_s, 60 AS ledger_s, 'c1' AS cluster, pg(limit_b * 0.75e0) AS request_b, up AS uptime_s, 1 AS reason,
  gross AS rss, gross + pg(r2 * 1e6) AS rss_max, gross - a_mapped - a_libraries AS ws, CAST(NULL AS BIGINT) AS swap,
  20 + CAST(floor(busy * 40) AS INT) AS threads, 60 + CAST(floor(busy * 90) AS INT) AS fds, CAST(floor(busy * 9000 + r1 * 900) AS INT) AS cpu_ms,
  a_heap_used AS heap_used, a_heap_used + a_heap_idle AS heap_committed,
  CASE WHEN j THEN CAST(floor(busy * 4 + r1 * 2) AS INT) END AS gcs, CASE WHEN j THEN CAST(floor(busy * 60 + r2 * 30) AS INT) END AS gc_ms,
  coalesce(heap_floor, 0) + coalesce(a_malloc_used, 0) + coalesce(a_go_heap, 0) + coalesce(a_python_arenas, 0) AS net
FROM weight
