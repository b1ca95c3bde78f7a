-- SPDX-License-Identifier: EUPL-1.2
-- What machines ask.

-- name: site_alive :row site_one
SELECT CAST(1 AS INTEGER) AS one;

-- name: site_counts :rows site_count
-- cross-city: metrics of the whole installation
SELECT c.slug, o.state, COUNT(*) AS n FROM opportunity o JOIN city c ON c.id = o.city_id
 GROUP BY c.slug, o.state ORDER BY c.slug, o.state;

-- name: site_offers :rows site_id
SELECT id FROM opportunity
 WHERE city_id = :city AND state = 'published' AND confirmed_at >= :fresh
 ORDER BY id LIMIT :limit::int;

-- name: site_organisations :rows site_id
SELECT id FROM organisation WHERE city_id = :city AND archived_at = 0
 ORDER BY id LIMIT :limit::int;
