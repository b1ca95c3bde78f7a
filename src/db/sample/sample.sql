-- SPDX-License-Identifier: EUPL-1.2

-- name: sample_city_insert :run
INSERT INTO city (id, name) VALUES (:id, :name);

-- name: sample_city_find :row sample_city
SELECT id, name FROM city WHERE name = :name;

-- name: sample_city_like :rows sample_city
-- Towns whose name begins so; the pattern is escaped by the caller.
SELECT id, name FROM city WHERE name LIKE :pattern ESCAPE '\' ORDER BY name;

-- name: sample_stall_insert :run
INSERT INTO stall (id, city_id, name, price, seats, share, text, photo)
VALUES (:id, :city, :name, :price, :seats?, :share?, :text?, :photo?);

-- name: sample_stall_list :rows sample_stall
SELECT id, name, price, seats, share, text, photo FROM stall
 WHERE city_id = :city ORDER BY name, id LIMIT :limit OFFSET :offset;

-- name: sample_stall_each :each sample_stall
SELECT id, name, price, seats, share, text, photo FROM stall
 WHERE city_id = :city ORDER BY name, id;

-- name: sample_stall_get :row sample_stall
SELECT id, name, price, seats, share, text, photo FROM stall WHERE city_id = :city AND id = :id;

-- name: sample_stall_kept :row sample_stall
-- kept: shows that it is as if it were not
SELECT id, name, price, seats, share, text, photo FROM stall WHERE city_id = :city AND id = :id;

-- name: sample_stall_named :row sample_stall
-- Meant to be given a name that occurs twice.
SELECT id, name, price, seats, share, text, photo FROM stall
 WHERE city_id = :city AND name = :name;

-- name: sample_stall_sum :row sample_sum
SELECT COUNT(*) AS n, CAST(COALESCE(SUM(price), 0) AS REAL) AS price,
       CAST(COALESCE(SUM(seats), 0) AS INTEGER) AS seats
  FROM stall WHERE city_id = :city;

-- name: sample_stall_rename :row sample_city
-- Returns the renamed row, as the engine stored it.
UPDATE stall SET name = :name WHERE city_id = :city AND id = :id RETURNING id, name;

-- name: sample_stall_delete :run
DELETE FROM stall WHERE city_id = :city AND id = :id;

-- name: sample_stall_seats :rows sample_seats
-- Stalls with so many seats; a missing number finds those without.
SELECT id FROM stall WHERE city_id = :city AND seats IS NOT DISTINCT FROM :seats?
 ORDER BY id;

-- name: sample_broken :rows sample_broken_row
-- Claims that a column is never NULL although it is.
SELECT id, text AS "text!" FROM stall WHERE city_id = :city ORDER BY id;

-- name: sample_visit_insert :run
INSERT INTO visit (id, city_id, stall_id, at) VALUES (:id, :city, :stall?, :at);

-- name: sample_visit_count :row sample_count
SELECT COUNT(*) AS n FROM visit WHERE city_id = :city;

-- name: sample_visit_list :rows sample_visit
SELECT v.id, v.at, s.name AS stall, s.id AS stall_id
  FROM visit v LEFT JOIN stall s ON s.id = v.stall_id AND s.city_id = v.city_id
 WHERE v.city_id = :city ORDER BY v.at, v.id;
