-- SPDX-License-Identifier: EUPL-1.2
-- A table to which rows are only added.

-- name: happened_insert :run
INSERT INTO happened (id, n) VALUES (:id, :n);

-- refuse: happened_change: rows of happened are only added
-- name: happened_change :run
UPDATE happened SET n = :n WHERE id = :id;

-- refuse: happened_delete: rows of happened are only added
-- name: happened_delete :run
DELETE FROM happened WHERE id = :id;

-- refuse: happened_upsert: rows of happened are only added
-- name: happened_upsert :run
INSERT INTO happened (id, n) VALUES (:id, :n) ON CONFLICT (n) DO UPDATE SET n = excluded.n;

-- name: happened_forget :run
-- erases: the person leaves
UPDATE happened SET n = 0 WHERE id = :id;

-- name: happened_shy :run
-- refuse: "-- erases:" needs a reason
-- erases:
-- The comment stands right above: a blank line ends what it says.
UPDATE other SET n = :n WHERE id = :id;
