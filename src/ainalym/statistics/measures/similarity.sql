-- title: Similarity of two countries' exports
-- unit: index from 0 to 1
-- formula: sum_k min(s_ik, s_jk), shares of products in each country's exports
-- source: Finger and Kreinin (1979)
-- inputs: trade
-- parameters: reporter, partner, year
WITH k AS (
    SELECT commodity, sum(CASE WHEN exporter = :reporter THEN value ELSE 0 END) AS a,
           sum(CASE WHEN exporter = :partner THEN value ELSE 0 END) AS b
    FROM trade WHERE year = :year GROUP BY commodity
), t AS (SELECT sum(a) AS a, sum(b) AS b FROM k)
SELECT sum(least(k.a / t.a, k.b / t.b)) AS similarity
FROM k CROSS JOIN t
