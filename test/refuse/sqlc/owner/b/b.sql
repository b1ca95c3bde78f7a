-- SPDX-License-Identifier: EUPL-1.2
-- name: b_read :rows b_row
SELECT y.id, m.n FROM yours y JOIN mine m ON m.id = y.mine_id;

-- name: b_write :run
-- refuse: table mine belongs to the feature a; call its functions to write it
UPDATE mine SET n = :n WHERE id = :id;

-- refuse: a_list is a statement already, in line 2 of
-- name: a_list :rows b_list
SELECT id FROM yours;

-- refuse: a_row is a row type of the feature a
-- name: b_list :rows a_row
SELECT id, n FROM mine;
