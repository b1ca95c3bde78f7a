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

-- name: certificate_needed :rows certificate_needed_row
-- Who is on the way into work with children or youth, or does it; :person 0: all.
SELECT p.id AS placement_id, p.person_id, q.name, o.title, g.name AS organisation,
       c.inspected_on
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
  JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = p.city_id
  JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
  LEFT JOIN certificate c ON c.person_id = p.person_id AND c.city_id = p.city_id
 WHERE p.city_id = :city AND p.closed_at = 0 AND (:person::int = 0 OR p.person_id = :person::int)
   AND ((o.fields & :fields::int) <> 0 OR (o.targets & :targets::int) <> 0
        OR o.certificate = 'extended')
 ORDER BY q.sort_key, p.id LIMIT 500;

-- name: certificate_ending :rows certificate_ending_row
-- Whose clock runs.
SELECT c.person_id, q.name, c.delete_at
  FROM certificate c JOIN person q ON q.id = c.person_id AND q.city_id = c.city_id
 WHERE c.city_id = :city AND c.delete_at > 0 ORDER BY c.delete_at, c.id LIMIT 500;

-- name: certificate_counts :rows certificate_count_row
SELECT year, act, n FROM certificate_count WHERE city_id = :city
 ORDER BY year DESC, act LIMIT 100;
