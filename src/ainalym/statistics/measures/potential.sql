-- title: Export potential by product, realised and unrealised
-- unit: US dollars a year
-- formula: EPI_ijk = supply_ik * demand_jk * ease_ij
--   supply = growth_i v_ik / sum_i'(growth_i' v_i'k) * min(1, v_ik / m_ik) * (1 + t_ik) / (1 + t_k)
--   demand = v_jk * (growth_j / pop_j)^eps * pop_j * (1 + t_jk) / (1 + t_ijk) * exp(-|mean log dist_jk - log dist_ij|)
--   ease = v_ij / sum_k (v_ik v_jk / v_k)
--   realised = v_ijk; unrealised = max(0, EPI - v_ijk)
-- source: Decreux and Spies, Export Potential Assessments, ITC (2016)
-- note: growth, pop, tariffs and distances are 1 where not given; then sum_k EPI = v_ij when min() is off (balance 0).
--   One year is taken as it is: ITC averages five and both sides' reports. A product not exported yet gets 0.
-- inputs: trade, growth, tariff, distance
-- parameters: reporter, partner, year, balance, elasticity
WITH t AS (SELECT exporter, importer, commodity, sum(value) AS v FROM trade WHERE year = :year GROUP BY exporter, importer, commodity),
     ik AS (SELECT commodity, sum(v) AS v FROM t WHERE exporter = :reporter GROUP BY commodity),
     mik AS (SELECT commodity, sum(v) AS v FROM t WHERE importer = :reporter GROUP BY commodity),
     k AS (
         SELECT t.commodity AS commodity, sum(t.v) AS v, sum(t.v * COALESCE(g.gdp, 1)) AS projected,
                sum(t.v * (1 + COALESCE(r.rate, 0))) / sum(t.v) AS margin
         FROM t
         LEFT JOIN growth g ON g.area = t.exporter
         LEFT JOIN tariff r ON r.exporter = t.exporter AND r.importer = t.importer AND r.commodity = t.commodity
         GROUP BY t.commodity
     ),
     own AS (
         SELECT t.commodity AS commodity, sum(t.v * (1 + COALESCE(r.rate, 0))) / sum(t.v) AS margin
         FROM t
         LEFT JOIN tariff r ON r.exporter = t.exporter AND r.importer = t.importer AND r.commodity = t.commodity
         WHERE t.exporter = :reporter GROUP BY t.commodity
     ),
     jk AS (
         SELECT t.commodity AS commodity, sum(t.v) AS v, sum(t.v * (1 + COALESCE(r.rate, 0))) / sum(t.v) AS margin,
                sum(t.v * ln(d.km)) / NULLIF(sum(CASE WHEN d.km > 0 THEN t.v ELSE 0 END), 0) AS log_km
         FROM t
         LEFT JOIN tariff r ON r.exporter = t.exporter AND r.importer = t.importer AND r.commodity = t.commodity
         LEFT JOIN distance d ON d.exporter = t.exporter AND d.importer = t.importer
         WHERE t.importer = :partner GROUP BY t.commodity
     ),
     ijk AS (SELECT commodity, sum(v) AS v FROM t WHERE exporter = :reporter AND importer = :partner GROUP BY commodity),
     ij AS (SELECT sum(v) AS v FROM ijk),
     -- The maximum of no rows is NULL in one engine and 0 in another.
     one AS (
         SELECT (SELECT NULLIF(max(gdp), 0) FROM growth WHERE area = :reporter) AS gdp_i, (SELECT NULLIF(max(gdp), 0) FROM growth WHERE area = :partner) AS gdp_j,
                (SELECT NULLIF(max(pop), 0) FROM growth WHERE area = :partner) AS pop_j,
                (SELECT NULLIF(max(km), 0) FROM distance WHERE exporter = :reporter AND importer = :partner) AS km
     ),
     ease AS (
         SELECT (SELECT v FROM ij) / NULLIF(sum(ik.v * jk.v / k.v), 0) AS ease
         FROM ik JOIN jk ON jk.commodity = ik.commodity JOIN k ON k.commodity = ik.commodity
     ),
     terms AS (
         SELECT ik.commodity AS commodity,
                COALESCE(one.gdp_i, 1) * ik.v / k.projected
                    * CASE WHEN :balance = 1 THEN least(1.0, ik.v / NULLIF(COALESCE(mik.v, 0), 0)) ELSE 1.0 END
                    * COALESCE(own.margin, 1) / k.margin AS supply_plain,
                COALESCE(mik.v, 0) AS imported,
                jk.v * pow(COALESCE(one.gdp_j, 1) / COALESCE(one.pop_j, 1), :elasticity) * COALESCE(one.pop_j, 1)
                    * jk.margin / (1 + COALESCE(r.rate, 0))
                    * COALESCE(exp(-abs(jk.log_km - ln(one.km))), 1) AS demand,
                COALESCE(ijk.v, 0) AS realised, ease.ease AS ease, ik.v AS exports, COALESCE(own.margin, 1) / k.margin AS tariff_term,
                COALESCE(one.gdp_i, 1) * ik.v / k.projected AS share_term
         FROM ik
         JOIN jk ON jk.commodity = ik.commodity
         JOIN k ON k.commodity = ik.commodity
         LEFT JOIN mik ON mik.commodity = ik.commodity
         LEFT JOIN own ON own.commodity = ik.commodity
         LEFT JOIN ijk ON ijk.commodity = ik.commodity
         LEFT JOIN tariff r ON r.exporter = :reporter AND r.importer = :partner AND r.commodity = ik.commodity
         CROSS JOIN one CROSS JOIN ease
     ),
     epi AS (
         SELECT commodity, COALESCE(supply_plain, share_term * tariff_term) AS supply, demand, ease, realised,
                COALESCE(supply_plain, share_term * tariff_term) * demand * ease AS potential
         FROM terms
     )
SELECT commodity, supply, demand, ease, potential, realised,
       CASE WHEN potential > realised THEN potential - realised ELSE 0 END AS unrealised
FROM epi ORDER BY unrealised DESC, commodity
