-- SPDX-License-Identifier: EUPL-1.2
-- Suspicions, and what was merged.

-- name: dup_pairs :rows dup_pair
-- Of one state, the likeliest first.
SELECT id, kind, low_id, high_id, reasons, score, state, found_at, decided_at FROM duplicate_pair
 WHERE city_id = :city AND kind = :kind AND state = :state
 ORDER BY score DESC, id LIMIT 200;

-- name: dup_pairs_all :rows dup_pair
SELECT id, kind, low_id, high_id, reasons, score, state, found_at, decided_at FROM duplicate_pair
 WHERE city_id = :city AND kind = :kind ORDER BY id;

-- name: dup_pair_get :row dup_pair
SELECT id, kind, low_id, high_id, reasons, score, state, found_at, decided_at FROM duplicate_pair
 WHERE city_id = :city AND id = :id;

-- name: dup_pair_of :row dup_pair
SELECT id, kind, low_id, high_id, reasons, score, state, found_at, decided_at FROM duplicate_pair
 WHERE city_id = :city AND kind = :kind AND low_id = :low AND high_id = :high;

-- name: dup_counts :rows dup_count
SELECT kind, state, COUNT(*) AS n FROM duplicate_pair WHERE city_id = :city
 GROUP BY kind, state ORDER BY kind, state;

-- name: dup_pair_insert :run
INSERT INTO duplicate_pair (id, city_id, kind, low_id, high_id, reasons, score, state, found_at)
VALUES (:id, :city, :kind, :low, :high, :reasons, :score, 'open', :at);

-- name: dup_pair_update :run
UPDATE duplicate_pair SET reasons = :reasons, score = :score WHERE city_id = :city AND id = :id;

-- name: dup_pair_delete :run
-- They are no longer alike; what the office has said about them stays.
DELETE FROM duplicate_pair WHERE city_id = :city AND id = :id AND state = 'open';

-- name: dup_pair_decide :run
UPDATE duplicate_pair SET state = :state, decided_at = :at, account_id = :account
 WHERE city_id = :city AND id = :id AND state = :was;

-- name: dup_pairs_close :run
-- One of them went into another record.
UPDATE duplicate_pair SET state = 'merged'
 WHERE city_id = :city AND kind = :kind AND (low_id = :gone OR high_id = :gone) AND state = 'open';

-- name: dup_pairs_open :run
UPDATE duplicate_pair SET state = 'open'
 WHERE city_id = :city AND kind = :kind AND (low_id = :gone OR high_id = :gone)
   AND state = 'merged';

-- name: dup_forget_account :run
-- cross-city: the person leaves
UPDATE duplicate_pair SET account_id = 0 WHERE account_id = :account;

-- name: dup_merge_forget_account :run
-- cross-city: the person leaves
UPDATE duplicate_merge SET account_id = 0 WHERE account_id = :account;

-- name: dup_merge_insert :run
INSERT INTO duplicate_merge (id, city_id, kind, kept_id, gone_id, at, account_id, mail)
VALUES (:id, :city, :kind, :kept, :gone, :at, :account, :mail);

-- name: dup_merge_get :row dup_merge
SELECT id, kind, kept_id, gone_id, at, undone_at FROM duplicate_merge
 WHERE city_id = :city AND id = :id;

-- name: dup_merges :rows dup_merge
-- What was merged and can be taken back, the newest first.
SELECT id, kind, kept_id, gone_id, at, undone_at FROM duplicate_merge
 WHERE city_id = :city AND undone_at = 0 AND at >= :since ORDER BY at DESC, id DESC LIMIT 200;

-- name: dup_merge_undone :run
-- One caller gets a 1 back.
UPDATE duplicate_merge SET undone_at = :at WHERE city_id = :city AND id = :id AND undone_at = 0;

-- name: dup_move_insert :run
INSERT INTO duplicate_move (id, city_id, merge_id, ref, row_id)
VALUES (:id, :city, :merge, :ref, :row);

-- name: dup_moves :rows dup_move
SELECT id, ref, row_id FROM duplicate_move
 WHERE city_id = :city AND merge_id = :merge ORDER BY id;

-- name: dup_value_insert :run
INSERT INTO duplicate_value (id, city_id, merge_id, side, name, was, said)
VALUES (:id, :city, :merge, :side, :name, :was, :said);

-- name: dup_values :rows dup_value
SELECT id, side, name, was, said FROM duplicate_value
 WHERE city_id = :city AND merge_id = :merge ORDER BY id;

-- name: dup_value_delete :run
DELETE FROM duplicate_value WHERE city_id = :city AND id = :id;

-- name: dup_values_delete :run
DELETE FROM duplicate_value WHERE city_id = :city AND merge_id = :merge;

-- name: dup_moves_delete :run
DELETE FROM duplicate_move WHERE city_id = :city AND merge_id = :merge;

-- name: dup_merge_delete :run
DELETE FROM duplicate_merge WHERE city_id = :city AND id = :id;

-- name: dup_merge_forget :run
UPDATE duplicate_merge SET mail = '' WHERE city_id = :city AND id = :id;
