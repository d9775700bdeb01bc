-- title: Mirror: what the importer reports against what the exporter reports
-- unit: ratios; US dollars for the two figures
-- formula: R = M / X; D = (M - X) / X; S = 2 (M - X) / (M + X), in [-2, 2]; after CIF removal (M / (1 + tau) - X) / X
-- source: Javorsek, ARTNeT WP 156 (2016); IMTS 2010 (imports CIF, exports FOB); tau 0.06: IMF DOTS Yearbook 2017
-- inputs: sides
-- parameters: reporter, partner, tau
WITH pair AS (
    SELECT * FROM sides WHERE reporter = :reporter AND partner = :partner
    UNION ALL
    SELECT * FROM sides WHERE reporter = :partner AND partner = :reporter
)
SELECT x.year AS year, x.reporter AS exporter, m.reporter AS importer, x.value AS exports, m.value AS imports,
       m.partner_type AS partner_type, x.valuation AS exports_valuation, m.valuation AS imports_valuation,
       CAST(m.value AS DOUBLE) / NULLIF(CAST(x.value AS DOUBLE), 0) AS ratio,
       CAST(m.value - x.value AS DOUBLE) / NULLIF(CAST(x.value AS DOUBLE), 0) AS gap,
       2 * CAST(m.value - x.value AS DOUBLE) / NULLIF(CAST(m.value + x.value AS DOUBLE), 0) AS symmetric_gap,
       CAST(m.value AS DOUBLE) / CASE WHEN m.valuation = 'CIF' THEN 1 + :tau ELSE 1 END
           / NULLIF(CAST(x.value AS DOUBLE), 0) - 1 AS corrected_gap,
       x.source AS exports_source, m.source AS imports_source
FROM pair x
JOIN pair m ON m.reporter = x.partner AND m.partner = x.reporter AND m.year = x.year AND m.flow = 'M'
WHERE x.flow = 'X'
ORDER BY exporter, x.year, partner_type
