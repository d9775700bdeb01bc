-- title: Trade intensity
-- unit: ratio, 1 is as much as the partner's size in world trade lets expect
-- formula: TII = (X_ij / X_i) / (M_j / (M_w - M_i))
-- source: Kojima (1964); Drysdale and Garnaut (1982)
-- inputs: trade
-- parameters: reporter, partner, year
WITH s AS (
    SELECT sum(CASE WHEN exporter = :reporter AND importer = :partner THEN value ELSE 0 END) AS x_ij,
           sum(CASE WHEN exporter = :reporter THEN value ELSE 0 END) AS x_i,
           sum(CASE WHEN importer = :partner THEN value ELSE 0 END) AS m_j,
           sum(CASE WHEN importer = :reporter THEN value ELSE 0 END) AS m_i,
           sum(value) AS w
    FROM trade WHERE year = :year
)
SELECT (x_ij / NULLIF(x_i, 0)) / NULLIF(m_j / NULLIF(w - m_i, 0), 0) AS intensity,
       (x_ij / NULLIF(x_i, 0)) / NULLIF(m_j / NULLIF(w, 0), 0) AS intensity_uncorrected
FROM s
