-- SPDX-License-Identifier: EUPL-1.2
-- name: a_list :rows a_row
SELECT id, n FROM mine;
