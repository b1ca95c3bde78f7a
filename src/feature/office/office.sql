-- SPDX-License-Identifier: EUPL-1.2
-- What waits for the office.

-- name: office_ending :rows office_ending_row
-- Public offers whose last day is before a day.
SELECT o.id, o.title, g.name AS organisation, o.valid_until
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city AND o.state = 'published' AND o.valid_until <> ''
   AND o.valid_until < :day ORDER BY o.valid_until, o.id LIMIT 50;

-- name: office_guides :rows office_guide_row
-- Public articles of the guide that nobody has checked, or whose check is due by a day.
SELECT a.id, t.title, a.review_due FROM guide_article a
  JOIN guide_version v ON v.article_id = a.id AND v.number = a.published AND v.city_id = a.city_id
  JOIN guide_text t ON t.version_id = v.id AND t.city_id = a.city_id AND t.lang = 'de'
 WHERE a.city_id = :city AND a.state = 'published'
   AND (a.reviewed_on = '' OR a.review_due <= :day) ORDER BY a.review_due, a.id LIMIT 50;

-- name: office_count :row office_counts
SELECT (SELECT COUNT(*) FROM opportunity o WHERE o.city_id = :city AND o.state = 'published')
         AS published,
       (SELECT COUNT(*) FROM opportunity o WHERE o.city_id = :city
           AND (o.state = 'submitted'
                OR EXISTS (SELECT 1 FROM opportunity_change c
                            WHERE c.city_id = :city AND c.opportunity_id = o.id
                              AND c.state = 'waiting'))) AS submitted,
       (SELECT COUNT(*) FROM organisation g WHERE g.city_id = :city AND g.archived_at = 0)
         AS organisations,
       (SELECT COUNT(*) FROM duplicate_pair d WHERE d.city_id = :city AND d.state = 'open')
         AS duplicates,
       (SELECT COUNT(*) FROM barrier_report b WHERE b.city_id = :city AND b.answered_at = 0)
         AS barriers,
       (SELECT COUNT(*) FROM mail m WHERE m.city_id = :city AND m.sent_at = 0 AND m.attempts > 0)
         AS mail_trouble;
