-- SPDX-License-Identifier: EUPL-1.2
-- What the home pages show.

-- name: home_office :rows home_office
SELECT name, kind, about, about_simple, about_en, mail, phone FROM office
 WHERE city_id = :city ORDER BY position, id;

-- name: home_count :row home_numbers
-- The numbers of the town: public offers, organisations behind them, people still wanted.
-- kept: every public offer of the town is counted
SELECT COUNT(*) AS offers, COUNT(DISTINCT organisation_id) AS organisations,
       CAST(COALESCE(SUM(CASE WHEN wanted > placed THEN wanted - placed ELSE 0 END), 0) AS INTEGER)
         AS wanted
  FROM opportunity
 WHERE city_id = :city AND state = 'published' AND confirmed_at >= :fresh;

-- name: home_network :rows home_town
-- cross-city: the network's page names every town
SELECT city_id, COUNT(*) AS offers FROM opportunity
 WHERE state = 'published' AND confirmed_at >= :fresh
 GROUP BY city_id ORDER BY city_id;
