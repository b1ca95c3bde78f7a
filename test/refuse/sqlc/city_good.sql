-- SPDX-License-Identifier: EUPL-1.2
-- Ways of staying in one town, and the way of saying why not.

-- name: direct :rows a
SELECT id FROM club WHERE city_id = :city;

-- name: reversed :rows a
SELECT id FROM club c WHERE :city = c.city_id AND name > :name;

-- name: bracketed :rows a
SELECT id FROM club WHERE (name = :name OR id = :id) AND ((city_id = :city));

-- name: with_between :rows a
SELECT id FROM club WHERE id BETWEEN :low AND :high AND city_id = :city;

-- name: joined :rows a
SELECT o.id FROM offer o JOIN club c ON c.id = o.club_id AND c.city_id = o.city_id
 WHERE o.city_id = :city;

-- name: joined_the_other_way :rows a
SELECT o.id FROM offer o JOIN club c ON c.id = o.club_id AND c.city_id = o.city_id
 WHERE c.city_id = :city;

-- name: left_joined :rows a
SELECT o.id FROM offer o LEFT JOIN club c ON c.id = o.club_id AND c.city_id = o.city_id
 WHERE o.city_id = :city;

-- name: chained :rows a
SELECT a.id FROM offer a JOIN offer b ON b.city_id = a.city_id
  JOIN club c ON c.city_id = b.city_id WHERE c.city_id = :city;

-- name: correlated :rows a
SELECT o.id FROM offer o WHERE o.city_id = :city AND NOT EXISTS
       (SELECT 1 FROM club c WHERE c.city_id = o.city_id AND c.id = o.club_id);

-- name: both_halves :rows a
SELECT id FROM club WHERE city_id = :city
 UNION ALL
SELECT id FROM offer WHERE city_id = :city;

-- name: with_subselect :rows a
WITH mine AS (SELECT id, city_id FROM club WHERE city_id = :city)
SELECT o.id FROM offer o JOIN mine m ON m.id = o.club_id AND o.city_id = m.city_id;

-- name: towns :rows a
SELECT id FROM town ORDER BY name, id;

-- name: insert_good :run
INSERT INTO club (id, city_id, name) VALUES (:id, :city, :name), (:second, :city, :other);

-- name: insert_selected :run
INSERT INTO club (id, city_id, name)
SELECT id, city_id, title FROM offer WHERE city_id = :city AND id = :offer;

-- name: upsert_key :run
INSERT INTO club (id, city_id, name) VALUES (:id, :city, :name)
    ON CONFLICT (city_id, name) DO UPDATE SET founded = :founded?;

-- name: upsert_compared :run
INSERT INTO club (id, city_id, name) VALUES (:id, :city, :name)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE club.city_id = :city;

-- name: upsert_nothing :run
INSERT INTO club (id, city_id, name) VALUES (:id, :city, :name) ON CONFLICT (id) DO NOTHING;

-- name: update_good :run
UPDATE club SET name = :name WHERE id = :id AND city_id = :city;

-- name: delete_good :run
DELETE FROM club WHERE id = :id AND city_id = :city;

-- name: all_towns :rows a
-- cross-city: statistics over the whole network
SELECT id FROM club;
