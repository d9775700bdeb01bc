-- title: Revealed comparative advantage, plain and symmetric
-- unit: ratio, 1 is the world's share; symmetric from -1 to 1
-- formula: RCA = (x_ik / x_i) / (x_k / x); symmetric (RCA - 1) / (RCA + 1)
-- source: Balassa (1965); Dalum, Laursen and Villumsen (1998)
-- inputs: trade
-- parameters: reporter, year
WITH t AS (SELECT exporter, commodity, sum(value) AS v FROM trade WHERE year = :year GROUP BY exporter, commodity),
     i AS (SELECT sum(v) AS v FROM t WHERE exporter = :reporter),
     k AS (SELECT commodity, sum(v) AS v FROM t GROUP BY commodity),
     w AS (SELECT sum(v) AS v FROM t),
     r AS (
         SELECT t.commodity AS commodity, t.v AS exports, (t.v / i.v) / (k.v / w.v) AS rca
         FROM t JOIN k ON k.commodity = t.commodity CROSS JOIN i CROSS JOIN w
         WHERE t.exporter = :reporter AND t.v > 0
     )
SELECT commodity, exports, rca, (rca - 1) / (rca + 1) AS symmetric_rca
FROM r ORDER BY rca DESC, commodity
