-- SPDX-License-Identifier: EUPL-1.2
-- name: good_person_export :rows member_row
SELECT id, since FROM member WHERE person_id = :person;

-- name: good_person_erase :run
DELETE FROM member WHERE person_id = :person;
