-- title: Growth against the same months a year before
-- unit: fraction (0.05 is 5 %)
-- formula: g = V1 / V0 - 1, both from the newest vintage in force, the same months of both years
-- source: standard
-- inputs: flows
-- parameters: reporter, partner
SELECT a.year AS year, a.month AS month, a.months AS months,
       CAST(a.exports AS DOUBLE) / NULLIF(CAST(b.exports AS DOUBLE), 0) - 1 AS exports_growth,
       CAST(a.imports AS DOUBLE) / NULLIF(CAST(b.imports AS DOUBLE), 0) - 1 AS imports_growth,
       CAST(a.exports + a.imports AS DOUBLE) / NULLIF(CAST(b.exports + b.imports AS DOUBLE), 0) - 1 AS turnover_growth
FROM flows a
JOIN flows b ON b.reporter = a.reporter AND b.partner = a.partner
    AND b.year = a.year - 1 AND b.month = a.month AND b.months = a.months
WHERE a.reporter = :reporter AND a.partner = :partner
ORDER BY a.year, a.months, a.month
