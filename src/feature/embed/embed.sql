-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the embedding.

-- name: embed_list :rows embed_partner
SELECT id, state, name, origins, query, per, shows, accent, ink, ground, changed_at
  FROM embed_partner WHERE city_id = :city
 ORDER BY CASE WHEN state = 'ended' THEN 1 ELSE 0 END, name, id LIMIT 500;

-- name: embed_get :row embed_partner
SELECT id, state, name, origins, query, per, shows, accent, ink, ground, changed_at
  FROM embed_partner WHERE city_id = :city AND id = :id;

-- name: embed_insert :run
INSERT INTO embed_partner (id, city_id, state, name, origins, query, per, shows, accent, ink,
                           ground, created_at, changed_at)
VALUES (:id, :city, 'active', :name, :origins, :query, :per, :shows, :accent, :ink, :ground, :at,
        :at);

-- name: embed_update :run
UPDATE embed_partner SET name = :name, origins = :origins, query = :query, per = :per,
       shows = :shows, accent = :accent, ink = :ink, ground = :ground, changed_at = :at
 WHERE city_id = :city AND id = :id AND state <> 'ended';

-- name: embed_set_state :run
-- Only if it is still what was seen: of two who act at once one succeeds.
UPDATE embed_partner SET state = :to, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = :from;
