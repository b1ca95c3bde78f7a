-- SPDX-License-Identifier: EUPL-1.2
-- Types that cannot be seen, or are seen twice.

-- name: untyped :rows a
-- refuse: untyped: the type of :least cannot be seen; write :least::int, ::real, ::text or ::blob
SELECT id FROM town WHERE length(name) > :least;

-- name: typed :rows a
SELECT id FROM town WHERE length(name) > :least::int LIMIT :limit OFFSET :offset;

-- name: two_types :rows a
SELECT id FROM town
-- refuse: :x is used with two types
 WHERE id = :x AND name = :x;

-- name: no_such_type :rows a
-- refuse: ::integer is none of ::int ::real ::text ::blob
SELECT id FROM town WHERE length(name) > :least::integer;

-- name: all_places :rows a
SELECT id FROM club
 WHERE city_id = :city AND id IN (:one, :two) AND name BETWEEN :from AND :to
   AND :start < founded AND name NOT LIKE :pattern ESCAPE '\'
   AND length(name) = CAST(:length AS INTEGER);

-- refuse: expression: the type of n cannot be seen; write CAST(… AS INTEGER), REAL, TEXT or BLOB
-- name: expression :rows b
SELECT id + 1 AS n FROM town;

-- refuse: sum: the type of n cannot be seen
-- name: sum :rows b
SELECT SUM(id) AS n FROM town;

-- name: cast :rows c
SELECT CAST(SUM(id) AS INTEGER) AS n FROM town;

-- name: counted :rows c
SELECT (SELECT COUNT(*) FROM town) AS n;

-- refuse: nameless: the column "CAST(id AS TEXT)" needs a name: AS name
-- name: nameless :rows d
SELECT CAST(id AS TEXT) FROM town;

-- refuse: twins: two columns named id
-- name: twins :rows e
SELECT t.id, u.id FROM town t JOIN town u ON u.id = t.id;

-- name: shape :rows f
SELECT id, name FROM town;

-- refuse: other_shape: its columns are not those that f has in line
-- name: other_shape :rows f
SELECT id, CAST(name AS TEXT) AS title FROM town;

-- refuse: maybe_shape: its columns are not those that f has in line
-- name: maybe_shape :rows f
SELECT id, name AS "name?" FROM town;
