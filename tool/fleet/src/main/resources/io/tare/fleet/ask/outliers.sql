-- Processes unlike the others of the same service and version in the last day, by gross or by tare.
WITH p AS (
  SELECT ns, service, version, node, pod, proc, avg(CAST(gross AS DOUBLE)) AS gross, avg(CAST(gross - net AS DOUBLE)) AS tare
  FROM ledger WHERE ${last_day} AND uptime_s >= 3600 AND gross IS NOT NULL AND service IS NOT NULL
  GROUP BY ns, service, version, node, pod, proc HAVING sum(span_s) >= 7200),
m AS (
  SELECT ns, service, version, median(gross) AS gross, median(tare) AS tare, count(*) AS processes FROM p GROUP BY ns, service, version HAVING count(*) >= 5),
d AS (
  SELECT p.*, m.gross AS usual_gross, m.processes, p.gross - m.gross AS off_gross, p.tare - m.tare AS off_tare
  FROM p JOIN m ON coalesce(m.ns, '') = coalesce(p.ns, '') AND m.service = p.service AND coalesce(m.version, '') = coalesce(p.version, '')),
s AS (SELECT ns, service, version, median(abs(off_gross)) AS mad_gross, median(abs(off_tare)) AS mad_tare FROM d GROUP BY ns, service, version),
z AS (
  SELECT d.*, 0.6745e0 * off_gross / nullif(mad_gross, 0) AS gross_z, 0.6745e0 * off_tare / nullif(mad_tare, 0) AS tare_z
  FROM d JOIN s ON coalesce(s.ns, '') = coalesce(d.ns, '') AND s.service = d.service AND coalesce(s.version, '') = coalesce(d.version, ''))
SELECT service, version, pod, node, processes, gross AS gross_b, usual_gross AS usual_b, gross_z, tare_z
FROM z WHERE abs(gross_z) > 3.5e0 AND abs(off_gross) > 0.1e0 * usual_gross OR abs(tare_z) > 3.5e0 AND abs(off_tare) > 0.1e0 * usual_gross
ORDER BY abs(gross_z) DESC NULLS LAST, pod NULLS LAST, proc LIMIT 100
