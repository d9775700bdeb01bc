-- title: Contribution of each product to the growth of exports
-- unit: fraction of the exports of the year before; the contributions add up to the growth
-- formula: c_k = (V1_k - V0_k) / V0
-- source: standard
-- inputs: trade
-- parameters: reporter, partner, year
WITH k AS (
    SELECT commodity, sum(CASE WHEN year = :year THEN value ELSE 0 END) AS now_,
           sum(CASE WHEN year = :year - 1 THEN value ELSE 0 END) AS before_
    FROM trade
    WHERE exporter = :reporter AND importer = :partner AND year IN (:year, :year - 1)
    GROUP BY commodity
), total AS (SELECT sum(before_) AS v FROM k)
SELECT k.commodity AS commodity, k.before_ AS before_value, k.now_ AS value, (k.now_ - k.before_) / NULLIF(total.v, 0) AS contribution
FROM k CROSS JOIN total
ORDER BY contribution DESC, commodity
