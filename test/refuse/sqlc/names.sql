-- SPDX-License-Identifier: EUPL-1.2
-- Names, kinds, and what belongs to what.

-- refuse: SQL without a name
SELECT id FROM town;

-- refuse: a statement needs a name of a-z, 0-9 and _
-- name: Capital :rows a
SELECT id FROM town;

-- refuse: kindless: the kind is one of :rows :row :each :run
-- name: kindless
SELECT id FROM town;

-- refuse: shapeless: this kind needs the name of a row type
-- name: shapeless :rows
SELECT id FROM town;

-- refuse: shaped: :run returns no rows
-- name: shaped :run a
DELETE FROM town WHERE id = :id;

-- refuse: empty has no SQL
-- name: empty :rows a

-- name: first :rows a
SELECT id FROM town;

-- refuse: first is a statement already, in line 26 of
-- name: first :rows a
SELECT id FROM town;

-- name: two_in_one :rows a
-- refuse: one statement for one name
SELECT id FROM town; SELECT id FROM town;

-- name: run_reads :run
-- refuse: reads, so its kind is :rows, :row or :each
SELECT id FROM town;

-- name: rows_writes :rows a
-- refuse: returns no rows, so its kind is :run
DELETE FROM town WHERE id = :id;

-- name: run_returns :run
-- refuse: returns rows, so its kind is :rows or :row
DELETE FROM town WHERE id = :id RETURNING id;

-- name: each_writes :each a
-- refuse: writes, so its kind is :run, :rows or :row
DELETE FROM town WHERE id = :id RETURNING id;

-- name: row_writes :row a
DELETE FROM town WHERE id = :id RETURNING id;

-- name: c_word :rows a
-- refuse: a parameter cannot be named :int
SELECT id FROM town WHERE id = :int;

-- name: own_word :rows a
-- refuse: a parameter cannot be named :db
SELECT id FROM town WHERE id = :db;

-- name: pragma :rows a
-- refuse: a statement begins with SELECT, WITH, INSERT, UPDATE or DELETE
PRAGMA user_version;
