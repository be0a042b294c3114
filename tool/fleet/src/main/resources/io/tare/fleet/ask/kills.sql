-- What was killed for want of memory: its last ledger, and the account that had grown most in the six hours before.
-- needs minutes
WITH k AS (SELECT t, proc, node, ns, service, version, pod, container FROM event WHERE kind = 'oom_kill' AND ${within}),
-- Files are sorted by service: of those that lost nothing, little is read.
s AS (
  SELECT * FROM ledger WHERE ${days} AND gross IS NOT NULL AND uptime_s >= 900 AND service IN (SELECT service FROM k)
  UNION ALL SELECT * FROM ledger WHERE ${days} AND gross IS NOT NULL AND uptime_s >= 900 AND service IS NULL),
l AS (
  SELECT k.t AS killed_t, k.proc, s.t, coalesce(s.limit_b, -1) AS limit_b, coalesce(s.ws, -1) AS ws, s.gross, coalesce(s.net, -1) AS net,
    coalesce(s.a_heap_used, 0) + coalesce(s.a_heap_live, 0) + coalesce(s.a_heap_garbage, 0) + coalesce(s.a_heap_unsplit, 0) AS heap, coalesce(s.a_heap_idle, 0) AS heap_idle,
    coalesce(s.a_malloc_used, 0) + coalesce(s.a_malloc_mmapped, 0) + coalesce(s.a_malloc_unsplit, 0) AS malloc, coalesce(s.a_malloc_idle, 0) AS malloc_idle,
    coalesce(s.a_metaspace_class, 0) + coalesce(s.a_metaspace_nonclass, 0) AS metaspace, coalesce(s.a_code_cache, 0) AS code_cache,
    coalesce(s.a_stacks_java, 0) + coalesce(s.a_stacks_native, 0) + coalesce(s.a_stacks_cached, 0) + coalesce(s.a_go_stacks, 0) AS stacks,
    coalesce(s.a_go_heap, 0) + coalesce(s.a_go_unsplit, 0) AS go_heap, coalesce(s.a_go_idle, 0) AS go_idle, coalesce(s.a_python_arenas, 0) + coalesce(s.a_python_unsplit, 0) AS python,
    coalesce(s.a_v8_heap, 0) + coalesce(s.a_v8_unsplit, 0) AS v8, coalesce(s.a_mapped, 0) + coalesce(s.a_mapped_dirty, 0) + coalesce(s.a_shared, 0) AS mapped,
    coalesce(s.a_anonymous, 0) AS anonymous, coalesce(s.unexplained, 0) AS unexplained
  FROM k JOIN s ON s.proc = k.proc AND s.t <= k.t AND s.t > k.t - 21600),
d AS (
  SELECT killed_t, proc, max(t) AS last_t, max(t) - min(t) AS over_s, nullif(max_by(limit_b, t), -1) AS limit_b, nullif(max_by(ws, t), -1) AS ws, max_by(gross, t) AS gross, nullif(max_by(net, t), -1) AS net,
    max_by(heap, t) - min_by(heap, t) AS heap, max_by(heap_idle, t) - min_by(heap_idle, t) AS heap_idle, max_by(malloc, t) - min_by(malloc, t) AS malloc,
    max_by(malloc_idle, t) - min_by(malloc_idle, t) AS malloc_idle, max_by(metaspace, t) - min_by(metaspace, t) AS metaspace, max_by(code_cache, t) - min_by(code_cache, t) AS code_cache,
    max_by(stacks, t) - min_by(stacks, t) AS stacks, max_by(go_heap, t) - min_by(go_heap, t) AS go_heap, max_by(go_idle, t) - min_by(go_idle, t) AS go_idle,
    max_by(python, t) - min_by(python, t) AS python, max_by(v8, t) - min_by(v8, t) AS v8, max_by(mapped, t) - min_by(mapped, t) AS mapped, max_by(anonymous, t) - min_by(anonymous, t) AS anonymous,
    max_by(unexplained, t) - min_by(unexplained, t) AS unexplained
  FROM l GROUP BY killed_t, proc),
g AS (
  SELECT killed_t, proc, account, grew_b, row_number() OVER (PARTITION BY killed_t, proc ORDER BY grew_b DESC, account) AS place
  FROM d UNPIVOT (grew_b FOR account IN (heap, heap_idle, malloc, malloc_idle, metaspace, code_cache, stacks, go_heap, go_idle, python, v8, mapped, anonymous, unexplained)) u)
SELECT k.t AS killed_t, k.ns, k.service, k.version, k.pod, k.node, (k.t - d.last_t) / 60e0 AS ledger_age_min, CAST(d.gross AS DOUBLE) AS gross_b, CAST(d.net AS DOUBLE) AS net_b,
  CAST(d.ws AS DOUBLE) / d.limit_b AS of_limit_share, CASE WHEN g.grew_b > 0 THEN g.account END AS grew, CASE WHEN g.grew_b > 0 THEN CAST(g.grew_b AS DOUBLE) END AS grew_by_b, d.over_s / 3600e0 AS over_h
FROM k LEFT JOIN d ON d.proc = k.proc AND d.killed_t = k.t LEFT JOIN g ON g.proc = k.proc AND g.killed_t = k.t AND g.place = 1
ORDER BY k.t, k.pod NULLS LAST, k.proc
