-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the certificates of conduct.

-- name: certificate_of :row certificate_row
SELECT id, person_id, inspected_on, issued_on, entry, delete_at FROM certificate
 WHERE city_id = :city AND person_id = :person;

-- name: certificate_insert :run
INSERT INTO certificate (id, city_id, person_id, inspected_on, issued_on, entry)
VALUES (:id, :city, :person, :inspected_on, :issued_on, :entry);

-- name: certificate_delete :run
DELETE FROM certificate WHERE city_id = :city AND id = :id;

-- name: certificate_set_clock :run
UPDATE certificate SET delete_at = :at WHERE city_id = :city AND id = :id;

-- name: certificate_work :rows certificate_work_row
-- What a person does, did or may do: for the clock.
SELECT p.closed_at, p.placed_at, o.fields, o.targets, o.certificate
  FROM placement p JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = p.city_id
 WHERE p.city_id = :city AND p.person_id = :person ORDER BY p.id;

-- name: certificate_count_add :run
INSERT INTO certificate_count (id, city_id, year, act, n) VALUES (:id, :city, :year, :act, 1)
ON CONFLICT (city_id, year, act) DO UPDATE SET n = certificate_count.n + 1;

-- name: certificate_ids_of_person :rows certificate_hung
SELECT id FROM certificate WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: certificate_move :run
-- To the person into whom the other one was merged, and back, unless there is one already.
UPDATE certificate SET person_id = :to
 WHERE city_id = :city AND id = :id AND person_id = :from
   AND NOT EXISTS (SELECT 1 FROM certificate x WHERE x.city_id = :city AND x.person_id = :to);
