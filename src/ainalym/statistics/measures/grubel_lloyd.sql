-- title: Intra-industry trade between two countries (Grubel-Lloyd)
-- unit: index from 0 (one way) to 1 (both ways alike); the total is weighted by trade
-- formula: GL_k = 1 - |X_k - M_k| / (X_k + M_k); total = sum w_k GL_k, w_k = (X_k + M_k) / sum (X + M)
-- source: Grubel and Lloyd (1975)
-- inputs: trade
-- parameters: reporter, partner, year
WITH k AS (
    SELECT commodity, sum(CASE WHEN exporter = :reporter THEN value ELSE 0 END) AS x,
           sum(CASE WHEN importer = :reporter THEN value ELSE 0 END) AS m
    FROM trade
    WHERE year = :year AND ((exporter = :reporter AND importer = :partner) OR (exporter = :partner AND importer = :reporter))
    GROUP BY commodity
)
SELECT commodity, x AS exports, m AS imports, 1 - abs(x - m) / NULLIF(x + m, 0) AS grubel_lloyd,
       (x + m) / NULLIF(sum(x + m) OVER (), 0) AS weight,
       1 - sum(abs(x - m)) OVER () / NULLIF(sum(x + m) OVER (), 0) AS total_grubel_lloyd
FROM k ORDER BY weight DESC, commodity
