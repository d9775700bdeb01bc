-- title: Concentration of exports on partners (Herfindahl-Hirschman)
-- unit: index from 0 to 1
-- formula: H = sum of s^2 over partners; normalised (H - 1/n) / (1 - 1/n)
-- source: Mikic and Gilbert, Trade Statistics in Policymaking, ESCAP ST/ESCAP/2559 (2009)
-- inputs: flows
-- parameters: reporter
WITH total AS (
    SELECT year, sum(CAST(exports AS DOUBLE)) AS x, count(*) AS n
    FROM flows WHERE reporter = :reporter AND months = 12 AND kind = 'country' AND exports > 0 GROUP BY year
), index_ AS (
    SELECT f.year AS year, max(t.n) AS partners, sum(pow(CAST(f.exports AS DOUBLE) / t.x, 2)) AS hhi
    FROM flows f JOIN total t ON t.year = f.year
    WHERE f.reporter = :reporter AND f.months = 12 AND f.kind = 'country' AND f.exports > 0
    GROUP BY f.year
)
SELECT year, partners, hhi, (hhi - 1.0 / partners) / NULLIF(1 - 1.0 / partners, 0) AS hhi_normalised
FROM index_ ORDER BY year
