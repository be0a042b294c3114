-- Java versions, collectors and how the heap is bounded, and what each combination leaves idle, in the last day.
WITH p AS (
  SELECT proc, max(runtime_version) AS java, max(collector) AS collector,
    max(CASE WHEN flags LIKE '%-Xmx%' OR flags LIKE '%MaxHeapSize%' THEN 'Xmx' WHEN flags LIKE '%MaxRAMPercentage%' THEN 'percentage' ELSE 'default' END) AS heap_bound,
    max(CASE WHEN flags LIKE '%TrimNativeHeapInterval%' THEN 1 ELSE 0 END) AS trims, max(CASE WHEN limit_b IS NULL THEN 1 ELSE 0 END) AS unlimited
  FROM process WHERE ${seen_last_day} AND runtime LIKE '%HotSpot%' GROUP BY proc),
l AS (
  SELECT proc, avg(CAST(gross AS DOUBLE)) AS gross, avg(CAST(a_heap_idle AS DOUBLE)) AS heap_idle, avg(CAST(a_malloc_idle AS DOUBLE)) AS malloc_idle
  FROM ledger WHERE ${last_day} AND runtime LIKE '%HotSpot%' GROUP BY proc)
SELECT java, collector, heap_bound, count(*) AS processes, sum(trims) AS trim_native, sum(unlimited) AS without_limit, sum(gross) AS gross_b,
  sum(heap_idle) / sum(gross) AS heap_idle_share, sum(malloc_idle) / sum(gross) AS malloc_idle_share
FROM p LEFT JOIN l ON l.proc = p.proc GROUP BY java, collector, heap_bound ORDER BY processes DESC, java NULLS LAST, collector NULLS LAST, heap_bound
