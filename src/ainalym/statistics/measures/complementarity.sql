-- title: Complementarity of one country's exports and another's imports
-- unit: index from 0 to 100
-- formula: TCI = 100 (1 - sum_k |m_kj - x_ik| / 2), shares in the imports of j and the exports of i
-- source: Michaely (1996); Mikic and Gilbert (2009)
-- inputs: trade
-- parameters: reporter, partner, year
WITH k AS (
    SELECT commodity, sum(CASE WHEN exporter = :reporter THEN value ELSE 0 END) AS x,
           sum(CASE WHEN importer = :partner THEN value ELSE 0 END) AS m
    FROM trade WHERE year = :year GROUP BY commodity
), t AS (SELECT sum(x) AS x, sum(m) AS m FROM k)
SELECT 100 * (1 - sum(abs(k.m / t.m - k.x / t.x)) / 2) AS complementarity
FROM k CROSS JOIN t
