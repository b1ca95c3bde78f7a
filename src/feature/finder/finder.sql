-- SPDX-License-Identifier: EUPL-1.2
-- What the finder says about an offer besides what a list shows.

-- name: finder_needs :row finder_need
-- What an offer asks of people: named beside the reasons, so that nobody is surprised.
SELECT certificate, measles, min_age, languages, skills FROM opportunity
 WHERE city_id = :city AND id = :id AND state = 'published';
