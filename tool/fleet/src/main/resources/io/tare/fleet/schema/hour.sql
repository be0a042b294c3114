-- Minutes of a process as hours: levels are means by the time that they stood, heights are the highest, floors the lowest, counts are sums.
SELECT CAST(floor(t / 3600e0) AS BIGINT) * 3600 AS t, sum(span_s) AS span_s, sum(ledger_s) AS ledger_s,
  cluster, node, ns, service, version, pod, container, proc, max(runtime) AS runtime, max(limit_b) AS limit_b, max(request_b) AS request_b,
  max(uptime_s) AS uptime_s, min(reason) AS reason,
  ${mean_s:rss}, max(rss_max) AS rss_max, max(ws) AS ws, max(swap) AS swap, max(threads) AS threads, max(fds) AS fds, sum(cpu_ms) AS cpu_ms,
  ${mean_s:heap_used}, max(heap_committed) AS heap_committed, min(heap_floor) AS heap_floor, sum(gcs) AS gcs, sum(gc_ms) AS gc_ms,
  ${mean:gross}, min(net) AS net, ${mean:unexplained}, ${accounts}
FROM ${minutes}
GROUP BY floor(t / 3600e0), cluster, node, ns, service, version, pod, container, proc
ORDER BY service NULLS LAST, pod NULLS LAST, t, proc
