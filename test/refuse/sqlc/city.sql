-- SPDX-License-Identifier: EUPL-1.2
-- Another town's rows would be reachable.

-- name: forgotten :rows a
-- refuse: table club is not tied to one town: add "club.city_id = :city"
SELECT id FROM club WHERE name = :name;

-- name: second_forgotten :rows a
SELECT o.id FROM offer o
-- refuse: table club is not tied to one town: add "c.city_id = :city"
  JOIN club c ON c.id = o.club_id
 WHERE o.city_id = :city;

-- name: list_forgotten :rows a
SELECT o.id
-- refuse: table club is not tied to one town: add "c.city_id = :city"
  FROM offer o, club c WHERE o.city_id = :city AND c.id = o.club_id;

-- name: alternative :rows a
-- refuse: table club is not tied to one town
SELECT id FROM club WHERE city_id = :city OR name = :name;

-- name: inner_alternative :rows a
-- refuse: table club is not tied to one town
SELECT id FROM club WHERE id = :id AND (city_id = :city OR name = :name);

-- name: outer_alternative :rows a
-- refuse: table club is not tied to one town
SELECT id FROM club WHERE (id = :id AND (city_id = :city)) OR name = :name;

-- name: negated :rows a
-- refuse: table club is not tied to one town
SELECT id FROM club WHERE NOT city_id = :city;

-- name: negated_bracket :rows a
-- refuse: table club is not tied to one town
SELECT id FROM club WHERE NOT (id > 0 AND city_id = :city);

-- name: compared :rows a
-- refuse: table club is not tied to one town
SELECT id FROM club WHERE (city_id = :city) = (id = :id);

-- name: cased :rows a
-- refuse: table club is not tied to one town
SELECT id FROM club WHERE CASE WHEN id > 0 AND city_id = :city THEN 1 ELSE 2 END > 0;

-- name: within_a_function :rows a
-- refuse: table club is not tied to one town
SELECT id FROM club WHERE coalesce(city_id = :city, 1) = 1;

-- name: between :rows a
-- refuse: table club is not tied to one town
SELECT id FROM club WHERE id BETWEEN 1 AND city_id = :city;

-- name: calculated :rows a
-- refuse: table club is not tied to one town
SELECT id FROM club WHERE city_id = :city + 1;

-- name: other_parameter :rows a
-- refuse: table club is not tied to one town
SELECT id FROM club WHERE city_id = :town;

-- name: left_side_stays :rows a
-- refuse: table offer is not tied to one town
SELECT o.id FROM offer o
  LEFT JOIN club c ON c.city_id = :city AND c.city_id = o.city_id;

-- name: in_select_list :rows b
-- refuse: table club is not tied to one town
SELECT CAST(city_id = :city AS INTEGER) AS mine FROM club;

-- name: in_having :rows c
-- refuse: table club is not tied to one town
SELECT COUNT(*) AS n FROM club GROUP BY city_id HAVING city_id = :city;

-- name: in_subselect :rows a
SELECT o.id FROM offer o
 WHERE o.city_id = :city AND o.club_id IN
-- refuse: table club is not tied to one town: add "club.city_id = :city"
       (SELECT id FROM club WHERE name = :name);

-- name: only_the_subselect :rows a
-- refuse: table offer is not tied to one town
SELECT o.id FROM offer o WHERE NOT EXISTS
       (SELECT 1 FROM club c WHERE c.city_id = :city AND c.city_id = o.city_id);

-- name: half_of_a_union :rows a
SELECT id FROM club WHERE city_id = :city
 UNION ALL
-- refuse: table offer is not tied to one town
SELECT id FROM offer WHERE id = :id;

-- name: in_with :rows a
WITH mine AS (
-- refuse: table club is not tied to one town
       SELECT id, city_id FROM club)
SELECT o.id FROM offer o JOIN mine m ON m.id = o.club_id AND m.city_id = o.city_id
 WHERE o.city_id = :city;

-- name: update_without :run
-- refuse: table club is not tied to one town
UPDATE club SET name = :name WHERE id = :id;

-- name: update_set_only :run
UPDATE club
-- refuse: city_id is never changed
   SET city_id = :city
 WHERE id = :id AND city_id = :city;

-- name: delete_without :run
-- refuse: table club is not tied to one town
DELETE FROM club WHERE id = :id;

-- name: insert_other :run
-- refuse: table club is not tied to one town
INSERT INTO club (id, city_id, name) VALUES (:id, :town, :name);

-- name: insert_two :run
-- refuse: table club is not tied to one town
INSERT INTO club (id, city_id, name) VALUES (:id, :city, :name), (:second, 7, :name);

-- name: insert_without_columns :run
-- refuse: table club is not tied to one town
INSERT INTO club VALUES (:id::int, :city::int, :name::text, NULL);

-- name: insert_from_everywhere :run
INSERT INTO club (id, city_id, name)
-- refuse: table offer is not tied to one town
SELECT id, :city, title FROM offer WHERE id = :offer;

-- name: insert_elsewhere :run
-- refuse: table club is not tied to one town
INSERT INTO club (id, city_id, name)
SELECT id, id, title FROM offer WHERE city_id = :city;

-- name: upsert :run
-- The row that is there may be another town's.
-- refuse: table club is not tied to one town
INSERT INTO club (id, city_id, name) VALUES (:id, :city, :name)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name;

-- name: lifted_without_reason :rows a
-- refuse: "-- cross-city:" needs a reason
-- cross-city:
-- refuse: table club is not tied to one town
SELECT id FROM club;
