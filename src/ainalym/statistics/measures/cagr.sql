-- title: Mean yearly growth between two years
-- unit: fraction a year
-- formula: (V_end / V_start)^(1 / (end - start)) - 1
-- source: standard
-- inputs: flows
-- parameters: reporter, partner, start, end
SELECT pow(CAST(a.exports AS DOUBLE) / NULLIF(CAST(b.exports AS DOUBLE), 0), 1.0 / (:end - :start)) - 1 AS exports_cagr,
       pow(CAST(a.imports AS DOUBLE) / NULLIF(CAST(b.imports AS DOUBLE), 0), 1.0 / (:end - :start)) - 1 AS imports_cagr,
       pow(CAST(a.exports + a.imports AS DOUBLE) / NULLIF(CAST(b.exports + b.imports AS DOUBLE), 0),
           1.0 / (:end - :start)) - 1 AS turnover_cagr
FROM flows a
JOIN flows b ON b.reporter = a.reporter AND b.partner = a.partner AND b.months = 12 AND b.year = :start
WHERE a.reporter = :reporter AND a.partner = :partner AND a.months = 12 AND a.year = :end
