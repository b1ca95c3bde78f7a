-- SPDX-License-Identifier: EUPL-1.2
-- A town's own words for searching.

-- name: search_word_list :rows search_word_row
SELECT id, says, means, same, changed_at FROM search_word
 WHERE city_id = :city ORDER BY says, id LIMIT 500;

-- name: search_word_get :row search_word_row
SELECT id, says, means, same, changed_at FROM search_word WHERE city_id = :city AND id = :id;

-- name: search_word_all :rows search_word_line
-- cross-city: the index answers for all towns.
SELECT city_id, says, means, same FROM search_word ORDER BY city_id, id;

-- name: search_word_insert :run
INSERT INTO search_word (id, city_id, says, means, same, changed_at)
VALUES (:id, :city, :says, :means, :same, :at);

-- name: search_word_update :run
UPDATE search_word SET says = :says, means = :means, same = :same, changed_at = :at
 WHERE city_id = :city AND id = :id;

-- name: search_word_delete :run
DELETE FROM search_word WHERE city_id = :city AND id = :id;
