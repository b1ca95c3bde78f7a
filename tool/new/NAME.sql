-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the feature NAME.

-- name: NAME_list :rows NAME_row
-- The newest first.
SELECT id, title, body_md, created_at FROM NAME
 WHERE city_id = :city ORDER BY created_at DESC, id DESC LIMIT 100;

-- name: NAME_get :row NAME_row
SELECT id, title, body_md, created_at FROM NAME WHERE city_id = :city AND id = :id;

-- name: NAME_insert :run
INSERT INTO NAME (id, city_id, title, body_md, created_at)
VALUES (:id, :city, :title, :body_md, :created_at);
