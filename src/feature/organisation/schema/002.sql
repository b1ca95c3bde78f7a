-- SPDX-License-Identifier: EUPL-1.2
-- Imports that know no more than a name look for it, row by row.

CREATE INDEX organisation_name ON organisation (city_id, sort_key);
