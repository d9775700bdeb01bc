-- title: Turnover, balance and cover by year
-- unit: US dollars; cover is a ratio
-- formula: T = X + M; B = X - M; cover = X / M, one reporter's figures
-- source: UN, International Merchandise Trade Statistics: Compilers Manual, Rev. 1 (2013)
-- inputs: flows
-- parameters: reporter, partner
SELECT year, month, months, exports, imports, exports + imports AS turnover, exports - imports AS balance,
       CAST(exports AS DOUBLE) / NULLIF(CAST(imports AS DOUBLE), 0) AS cover
FROM flows
WHERE reporter = :reporter AND partner = :partner
ORDER BY year, months, month
