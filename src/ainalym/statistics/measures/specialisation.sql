-- title: Specialisation of all countries: the inputs of economic complexity
-- unit: rca is a ratio; special is 1 where rca >= 1; diversity and ubiquity are counts
-- formula: M_ik = 1 if RCA_ik >= 1; diversity_i = sum_k M_ik; ubiquity_k = sum_i M_ik
-- source: Hidalgo and Hausmann (2009)
-- inputs: trade
-- parameters: year
WITH t AS (SELECT exporter, commodity, sum(value) AS v FROM trade WHERE year = :year GROUP BY exporter, commodity),
     r AS (
         SELECT exporter, commodity,
                (v / sum(v) OVER (PARTITION BY exporter)) / (sum(v) OVER (PARTITION BY commodity) / sum(v) OVER ()) AS rca
         FROM t WHERE v > 0
     ),
     m AS (SELECT exporter, commodity, rca, CASE WHEN rca >= 1 THEN 1 ELSE 0 END AS special FROM r)
SELECT exporter, commodity, rca, special, sum(special) OVER (PARTITION BY exporter) AS diversity,
       sum(special) OVER (PARTITION BY commodity) AS ubiquity
FROM m ORDER BY exporter, commodity
