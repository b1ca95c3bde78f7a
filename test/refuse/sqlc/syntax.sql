-- SPDX-License-Identifier: EUPL-1.2
-- What SQLite itself says, and what does not get that far.

-- name: no_column :rows a
SELECT id,
-- refuse: no_column: no such column: nmae
       nmae
  FROM town;

-- name: no_table :rows a
-- refuse: no_table: no such table: towm
SELECT id FROM towm;

-- name: grammar :rows a
SELECT id FROM town
-- refuse: grammar: near "BYE": syntax error
 ORDER BYE name;

-- name: string_as_name :rows a
-- refuse: no such column: Lübeck
SELECT id FROM town WHERE name = "Lübeck";

-- refuse: inner_tables: sqlite_master is no table of a feature
-- refuse: inner_tables: the type of name cannot be seen
-- name: inner_tables :rows b
SELECT name FROM sqlite_master;

-- name: comment_end :rows a
-- refuse: would end the C comment
-- All of them */
SELECT id FROM town;

-- name: question :rows a
-- refuse: '?' is not portable SQL
SELECT id FROM town WHERE id = ?1;

-- name: unclosed :rows a
-- refuse: this '(' is never closed
-- refuse: unclosed: incomplete input
SELECT id FROM town WHERE (id = 1;

-- name: kept_rows :rows a
-- kept: many rows cannot be
-- refuse: kept_rows: only the row of a :row that reads can be kept
SELECT id FROM town;

-- name: kept_written :row a
-- kept: what writes cannot be
-- refuse: kept_written: only the row of a :row that reads can be kept
UPDATE town SET name = :name WHERE id = :id RETURNING id;

-- name: kept_why :row a
-- refuse: "-- kept:" needs a reason
-- kept:
SELECT id FROM town WHERE id = :id;
