-- The small tables of one day, each behind its name.
-- process
SELECT greatest(start_t, ${from_s}) AS t, least(end_t, ${to_s}) - 60 AS last_t, start_t AS started_t, 'c1' AS cluster, node, ns, service, version, pod, container, proc,
  name, 1 + h % 4000000 AS pid, CASE WHEN pod IS NULL THEN 'simulated.service' END AS unit, 'registry/' || service || ':' || version AS image,
  runtime, jdk AS runtime_version, collector, flags, limit_b, pg(limit_b * 0.75e0) AS request_b
FROM life WHERE start_t < ${to_s} AND end_t > ${from_s} ORDER BY service NULLS LAST, pod, start_t;
-- event
SELECT * FROM (
  SELECT end_t AS t, 'c1' AS cluster, node, ns, service, version, pod, container, proc, 'oom_kill' AS kind, 9 AS code, 'killed for want of memory' AS words, limit_b
  FROM life WHERE killed AND end_t >= ${from_s} AND end_t < ${to_s}
  UNION ALL
  SELECT end_t, 'c1', node, ns, service, version, pod, container, proc, 'exit', 0, 'ended by a deploy', limit_b
  FROM life WHERE NOT killed AND end_t >= ${from_s} AND end_t < ${to_s}
  UNION ALL
  SELECT start_t, 'c1', node, ns, service, version, pod, container, proc, 'start', CAST(NULL AS INT), 'started', limit_b
  FROM life WHERE start_t >= ${from_s} AND start_t < ${to_s}) ORDER BY t, proc, kind;
-- verdict
SELECT least(end_t, ${to_s}) - 60 AS t, 'c1' AS cluster, node, ns, service, version, pod, container, proc, rule,
  CASE WHEN rule = 'leak' AND least(end_t, ${to_s}) - start_t < 43200 OR hash(proc, rule, ${from_s}) % 20 = 0 THEN 'cannot-tell'
    WHEN rule = 'leak' AND leak_heap + leak_malloc + leak_go > 0 OR rule <> 'leak' AND hash(proc, rule) % 3 = 0 THEN 'yes' ELSE 'no' END AS answer,
  ['low', 'medium', 'high'][CAST(1 + hash(proc, rule) % 3 AS BIGINT)] AS confidence
FROM life, (VALUES ('leak'), ('heap-idle'), ('malloc-retention')) v(rule)
WHERE start_t < ${to_s} AND end_t > ${from_s} ORDER BY service NULLS LAST, pod, start_t, rule;
-- remedy
SELECT least(end_t, ${to_s}) - 60 AS t, 'c1' AS cluster, node, ns, service, version, pod, container, proc, action, restart, expected_b
FROM (SELECT *, 'malloc.trim' AS action, false AS restart, trim_b AS expected_b FROM life UNION ALL SELECT *, 'heap.smaller', true, heap_b FROM life)
WHERE expected_b IS NOT NULL AND start_t < ${to_s} AND end_t > ${from_s} ORDER BY service NULLS LAST, pod, start_t, action;
-- node_capacity
SELECT ${from_s} AS t, 'c1' AS cluster, node, CAST(allocatable_b * 1.1e0 AS BIGINT) AS memory_b, allocatable_b FROM capacity ORDER BY node
