-- SPDX-License-Identifier: EUPL-1.2
-- What the demo reads of what it has made.

-- name: demo_places :rows demo_place
-- Where the offices of a town advise: each office's places in their order.
SELECT o.id AS office_id, p.id AS place_id
  FROM office o JOIN office_place p ON p.office_id = o.id AND p.city_id = o.city_id
 WHERE o.city_id = :city ORDER BY o.position, o.id, p.position, p.id;

-- name: demo_person :row demo_person
-- Somebody of the placements, by name.
SELECT p.id FROM person p WHERE p.city_id = :city AND p.name = :name ORDER BY p.id LIMIT 1;
