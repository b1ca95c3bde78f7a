-- SPDX-License-Identifier: EUPL-1.2
-- What only one engine understands, or each in its own way.

-- name: star :rows a
-- refuse: name the columns instead of *
SELECT * FROM town;

-- name: star_of_table :rows b
-- refuse: name the columns instead of *
SELECT t.id AS number, t.* FROM town t;

-- refuse: now: datetime() is not the same on both engines; compute it in C
-- name: now :rows c
SELECT CAST(datetime('now') AS TEXT) AS t FROM town;

-- refuse: lowered: lower() is not the same on both engines
-- name: lowered :rows d
SELECT id FROM town WHERE lower(name) = :name::text;

-- refuse: grouped: group_concat() is not the same on both engines
-- name: grouped :rows e
SELECT CAST(group_concat(name) AS TEXT) AS names FROM town;

-- refuse: document: json() is not the same on both engines
-- name: document :rows f
SELECT CAST(json(name) AS TEXT) AS doc FROM town;

-- refuse: today: current_date() is not the same on both engines
-- name: today :rows d
SELECT id FROM town WHERE name > CURRENT_DATE;

-- name: like_bare :rows d
-- refuse: LIKE needs ESCAPE
SELECT id FROM town WHERE name LIKE :pattern;

-- name: like_good :rows d
SELECT id FROM town WHERE name LIKE :pattern ESCAPE '\' AND name NOT LIKE :other ESCAPE '\';

-- name: nulls :rows d
SELECT id FROM club WHERE city_id = :city
-- refuse: founded may be NULL: say NULLS FIRST or NULLS LAST
 ORDER BY founded DESC, id;

-- name: nulls_of_a_join :rows d
SELECT o.id FROM offer o LEFT JOIN club c ON c.id = o.club_id AND c.city_id = o.city_id
 WHERE o.city_id = :city
-- refuse: name may be NULL
 ORDER BY c.name, o.id;

-- name: nulls_good :rows d
SELECT id FROM club WHERE city_id = :city ORDER BY founded DESC NULLS LAST, name, id;

-- name: is_value :rows d
-- refuse: IS compares with NULL only; write IS NOT DISTINCT FROM
SELECT id FROM town WHERE name IS :name::text;

-- name: is_good :rows d
SELECT id FROM club WHERE city_id = :city AND founded IS NOT NULL
   AND founded IS NOT DISTINCT FROM :founded?;

-- name: doubled :rows d
-- refuse: write =
SELECT id FROM town WHERE name == :name;

-- name: unequal :rows d
-- refuse: write <>
SELECT id FROM town WHERE name != :name;

-- name: comma_limit :rows d
-- refuse: write LIMIT n OFFSET m
SELECT id FROM town ORDER BY id LIMIT 5, 10;

-- name: replaced :run
-- refuse: write INSERT … ON CONFLICT
INSERT OR IGNORE INTO town (id, name) VALUES (:id, :name);

-- name: maximum :rows g
-- refuse: MAX of several values is SQLite's own
SELECT CAST(MAX(id, 5) AS INTEGER) AS n FROM town;

-- name: maximum_good :rows g
SELECT CAST(MAX(id) AS INTEGER) AS n FROM town;

-- name: right_side :rows d
-- refuse: write LEFT JOIN
SELECT t.id FROM town u RIGHT JOIN town t ON t.id = u.id;

-- name: bracketed_join :rows d
-- refuse: no brackets around joins
SELECT t.id FROM (town t JOIN town u ON t.id = u.id);

-- name: row_number :rows d
-- refuse: rowid is not the same on both engines
SELECT id FROM town WHERE rowid = :id::int;

-- name: truth :rows d
-- refuse: true is not the same on both engines
SELECT id FROM town WHERE id > 0 AND true;

-- name: sorted_otherwise :rows d
-- refuse: COLLATE is not the same on both engines
SELECT id FROM town ORDER BY name COLLATE nocase;

-- name: by_hand :rows d
-- sqlite:
SELECT id FROM town WHERE lower(:name::text) IS name
-- postgres:
SELECT id FROM town WHERE name ILIKE :name
-- both:
 ORDER BY id;
