-- SPDX-License-Identifier: EUPL-1.2
-- What the map shows beside the offers.

-- name: map_organisations :rows map_organisation
SELECT id, name, CAST(lat AS REAL) AS lat, CAST(lon AS REAL) AS lon FROM organisation
 WHERE city_id = :city AND archived_at = 0 AND lat IS NOT NULL AND lon IS NOT NULL
 ORDER BY id LIMIT 5000;
