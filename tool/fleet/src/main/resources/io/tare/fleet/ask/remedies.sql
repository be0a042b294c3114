-- What each remedy should return over the whole fleet, from the newest finding of each process in the last day.
-- chart: action returns_b
WITH r AS (
  SELECT *, row_number() OVER (PARTITION BY proc, action ORDER BY t DESC) AS newest FROM remedy WHERE ${last_day} AND expected_b IS NOT NULL),
b AS (
  SELECT action, restart, service, count(*) AS processes, sum(CAST(expected_b AS DOUBLE)) AS bytes FROM r WHERE newest = 1 GROUP BY action, restart, service),
k AS (SELECT *, row_number() OVER (PARTITION BY action, restart ORDER BY bytes DESC, service NULLS LAST) AS place FROM b)
SELECT action, restart, sum(processes) AS processes, count(*) AS services, sum(bytes) AS returns_b, max(CASE WHEN place = 1 THEN service END) AS most_in,
  sum(bytes) / 1073741824e0 * 730e0 * ${price} AS month_cost
FROM k GROUP BY action, restart ORDER BY returns_b DESC NULLS LAST, action, restart
