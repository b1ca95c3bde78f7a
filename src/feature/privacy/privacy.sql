-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the keeping and erasing of data.

-- name: proof_insert :run
INSERT INTO retention_proof (id, city_id, class, erased_on, n, at)
VALUES (:id, :city, :class, :day, :n, :at);

-- name: proof_list :rows proof_row
-- cross-city: what belongs to no town is shown to all of them
SELECT class, erased_on, n, at FROM retention_proof
 WHERE city_id = :city OR city_id = 0 ORDER BY at DESC, class LIMIT 500;
