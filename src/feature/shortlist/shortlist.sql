-- SPDX-License-Identifier: EUPL-1.2
-- What the remembered list shows besides the rows of offers.

-- name: shortlist_needs :row shortlist_needs
-- What is compared and stands on no row.
SELECT certificate, min_age, languages, commitment FROM opportunity
 WHERE city_id = :city AND id = :id AND state = 'published';

-- name: shortlist_gone :row shortlist_gone
-- An offer that was public once and is no longer: its title may still be named.
SELECT id, title, state FROM opportunity
 WHERE city_id = :city AND id = :id AND published_at > 0
   AND state IN ('paused', 'filled', 'expired', 'archived');
