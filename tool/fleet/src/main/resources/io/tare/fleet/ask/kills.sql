-- What was killed for want of memory: its last ledger, and the account that had grown most in the six hours before.
-- needs minutes
WITH k AS (SELECT t, proc, node, ns, service, version, pod, container FROM event WHERE kind = 'oom_kill' AND ${within}),
l AS (
  SELECT k.t AS killed_t, k.proc, l.t, l.limit_b, l.ws, l.gross, l.net,
    coalesce(l.a_heap_used, 0) + coalesce(l.a_heap_live, 0) + coalesce(l.a_heap_garbage, 0) + coalesce(l.a_heap_unsplit, 0) AS heap, coalesce(l.a_heap_idle, 0) AS heap_idle,
    coalesce(l.a_malloc_used, 0) + coalesce(l.a_malloc_mmapped, 0) + coalesce(l.a_malloc_unsplit, 0) AS malloc, coalesce(l.a_malloc_idle, 0) AS malloc_idle,
    coalesce(l.a_metaspace_class, 0) + coalesce(l.a_metaspace_nonclass, 0) AS metaspace, coalesce(l.a_code_cache, 0) AS code_cache,
    coalesce(l.a_stacks_java, 0) + coalesce(l.a_stacks_native, 0) + coalesce(l.a_stacks_cached, 0) + coalesce(l.a_go_stacks, 0) AS stacks,
    coalesce(l.a_go_heap, 0) + coalesce(l.a_go_unsplit, 0) AS go_heap, coalesce(l.a_go_idle, 0) AS go_idle,
    coalesce(l.a_python_arenas, 0) + coalesce(l.a_python_unsplit, 0) AS python, coalesce(l.a_v8_heap, 0) + coalesce(l.a_v8_unsplit, 0) AS v8,
    coalesce(l.a_mapped, 0) + coalesce(l.a_mapped_dirty, 0) + coalesce(l.a_shared, 0) AS mapped, coalesce(l.a_anonymous, 0) AS anonymous, coalesce(l.unexplained, 0) AS unexplained,
    row_number() OVER (PARTITION BY k.proc, k.t ORDER BY l.t DESC) AS newest, row_number() OVER (PARTITION BY k.proc, k.t ORDER BY l.t) AS oldest
  FROM k JOIN ledger l ON l.proc = k.proc AND l.t <= k.t AND l.t > k.t - 21600 AND l.gross IS NOT NULL AND l.uptime_s >= 900 AND l.${days}),
d AS (
  SELECT a.killed_t, a.proc, a.t AS last_t, a.limit_b, a.ws, a.gross, a.net, a.t - b.t AS over_s,
    a.heap - b.heap AS heap, a.heap_idle - b.heap_idle AS heap_idle, a.malloc - b.malloc AS malloc, a.malloc_idle - b.malloc_idle AS malloc_idle,
    a.metaspace - b.metaspace AS metaspace, a.code_cache - b.code_cache AS code_cache, a.stacks - b.stacks AS stacks, a.go_heap - b.go_heap AS go_heap, a.go_idle - b.go_idle AS go_idle,
    a.python - b.python AS python, a.v8 - b.v8 AS v8, a.mapped - b.mapped AS mapped, a.anonymous - b.anonymous AS anonymous, a.unexplained - b.unexplained AS unexplained
  FROM l a JOIN l b ON b.proc = a.proc AND b.killed_t = a.killed_t AND b.oldest = 1 WHERE a.newest = 1),
g AS (
  SELECT killed_t, proc, account, grew_b, row_number() OVER (PARTITION BY killed_t, proc ORDER BY grew_b DESC, account) AS place
  FROM d UNPIVOT (grew_b FOR account IN (heap, heap_idle, malloc, malloc_idle, metaspace, code_cache, stacks, go_heap, go_idle, python, v8, mapped, anonymous, unexplained)) u)
SELECT k.t AS killed_t, k.ns, k.service, k.version, k.pod, k.node, (k.t - d.last_t) / 60e0 AS ledger_age_min, CAST(d.gross AS DOUBLE) AS gross_b, CAST(d.net AS DOUBLE) AS net_b,
  CAST(d.ws AS DOUBLE) / d.limit_b AS of_limit_share, CASE WHEN g.grew_b > 0 THEN g.account END AS grew, CASE WHEN g.grew_b > 0 THEN CAST(g.grew_b AS DOUBLE) END AS grew_by_b, d.over_s / 3600e0 AS over_h
FROM k LEFT JOIN d ON d.proc = k.proc AND d.killed_t = k.t LEFT JOIN g ON g.proc = k.proc AND g.killed_t = k.t AND g.place = 1
ORDER BY k.t, k.pod NULLS LAST, k.proc
