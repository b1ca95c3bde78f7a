-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the statistics.

-- name: tally_add :run
-- Offers that have gone meanwhile are left out.
INSERT INTO tally (id, city_id, opportunity_id, day, way, n, counted_at)
SELECT :id::int, :city, o.id, :day::text, :way::text, :n::int, :at::int FROM opportunity o
 WHERE o.city_id = :city AND o.id = :offer
ON CONFLICT (opportunity_id, day, way) DO UPDATE SET n = tally.n + excluded.n
 WHERE tally.city_id = :city;

-- name: tally_days :rows tally_day
-- What was counted of one offer since a day.
SELECT day, way, n FROM tally
 WHERE city_id = :city AND opportunity_id = :offer AND day >= :since ORDER BY day, way;

-- name: tally_offer :row tally_offer_row
SELECT id, title, organisation_id FROM opportunity WHERE city_id = :city AND id = :id;

-- name: tally_list :rows tally_line
-- All public offers, and others that were counted, since a day; the most looked at first.
SELECT o.id, o.title, g.name AS organisation, o.state,
       CAST(COALESCE(SUM(CASE WHEN t.way <> 'interest' THEN t.n END), 0) AS INTEGER) AS "views!",
       CAST(COALESCE(SUM(CASE WHEN t.way = 'search' THEN t.n END), 0) AS INTEGER) AS "search!",
       CAST(COALESCE(SUM(CASE WHEN t.way = 'embed' THEN t.n END), 0) AS INTEGER) AS "embed!",
       CAST(COALESCE(SUM(CASE WHEN t.way = 'paper' THEN t.n END), 0) AS INTEGER) AS "paper!",
       CAST(COALESCE(SUM(CASE WHEN t.way = 'feed' THEN t.n END), 0) AS INTEGER) AS "feed!",
       CAST(COALESCE(SUM(CASE WHEN t.way = 'interest' THEN t.n END), 0) AS INTEGER) AS "interests!"
  FROM opportunity o
  JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
  LEFT JOIN tally t ON t.opportunity_id = o.id AND t.city_id = o.city_id AND t.day >= :since
 WHERE o.city_id = :city AND (o.state = 'published' OR t.n IS NOT NULL)
 GROUP BY o.id, o.title, g.name, o.state
 ORDER BY 5 DESC, o.title, o.id LIMIT :limit;
