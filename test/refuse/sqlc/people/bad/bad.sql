-- SPDX-License-Identifier: EUPL-1.2
-- name: bad_person_export :rows note_row
SELECT id FROM note WHERE about_person_id = :person;
