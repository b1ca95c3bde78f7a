-- SPDX-License-Identifier: EUPL-1.2

-- name: shop_list :rows shop_ware
-- The wares of a town,
-- cheapest first.
SELECT id, text, price FROM ware
 WHERE city_id = :city AND (price < :most? OR :most? IS NULL) AND text <> 'it''s'
 ORDER BY price NULLS LAST, id LIMIT :limit;

-- name: shop_get :row shop_ware
SELECT id, text, price FROM ware WHERE city_id = :city AND id = :id;

-- name: shop_each :each shop_ware
SELECT id, text, price FROM ware WHERE city_id = :city
-- sqlite:
 ORDER BY id
-- postgres:
 ORDER BY id NULLS FIRST
;

-- name: shop_count :row shop_total
SELECT COUNT(*) AS n, CAST(SUM(price) AS REAL) AS "price?" FROM ware WHERE city_id = :city;

-- name: shop_insert :run
INSERT INTO ware (id, city_id, text, price) VALUES (:id, :city, :text, :price?);

-- name: shop_rename :row shop_name
UPDATE ware SET text = :text WHERE city_id = :city AND id = :id RETURNING text;
