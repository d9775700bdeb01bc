-- title: Share and rank of every partner in one reporter's trade
-- unit: fraction of the reporter's total; rank 1 is the largest, in the reporter's own list
-- formula: s = V_ij / V_i, V_i the printed total, else the sum over countries; rank by turnover
-- source: standard; a rank without the list it is taken from says nothing
-- inputs: flows
-- parameters: reporter
WITH own AS (
    SELECT * FROM flows WHERE reporter = :reporter AND months = 12
), total AS (
    SELECT year, COALESCE(max(CASE WHEN kind = 'world' THEN COALESCE(exports, 0) END),
                          sum(CASE WHEN kind IN ('country', 'other') THEN COALESCE(exports, 0) ELSE 0 END)) AS x,
           COALESCE(max(CASE WHEN kind = 'world' THEN COALESCE(imports, 0) END),
                    sum(CASE WHEN kind IN ('country', 'other') THEN COALESCE(imports, 0) ELSE 0 END)) AS m
    FROM own GROUP BY year
)
SELECT own.year AS year, own.partner AS partner, own.exports AS exports, own.imports AS imports,
       COALESCE(own.exports, 0) + COALESCE(own.imports, 0) AS turnover,
       CAST(own.exports AS DOUBLE) / NULLIF(CAST(total.x AS DOUBLE), 0) AS exports_share,
       CAST(own.imports AS DOUBLE) / NULLIF(CAST(total.m AS DOUBLE), 0) AS imports_share,
       CAST(COALESCE(own.exports, 0) + COALESCE(own.imports, 0) AS DOUBLE)
           / NULLIF(CAST(total.x + total.m AS DOUBLE), 0) AS turnover_share,
       rank() OVER (PARTITION BY own.year ORDER BY COALESCE(own.exports, 0) DESC) AS exports_rank,
       rank() OVER (PARTITION BY own.year ORDER BY COALESCE(own.imports, 0) DESC) AS imports_rank,
       rank() OVER (PARTITION BY own.year ORDER BY COALESCE(own.exports, 0) + COALESCE(own.imports, 0) DESC) AS turnover_rank,
       count(*) OVER (PARTITION BY own.year) AS listed
FROM own JOIN total ON total.year = own.year
WHERE own.kind = 'country'
ORDER BY year, turnover_rank, partner
