-- SPDX-License-Identifier: EUPL-1.2
-- What happened to interests is kept by the procedures of the web layer from now on, with verbs;
-- each begins with having been written.

INSERT INTO procedure_event (id, city_id, kind, subject_id, at, actor, account_id, verb, from_state,
                             to_state, note)
SELECT id, city_id, 'interest', id, created_at, 'link', 0, 'write', '', 'unconfirmed', ''
  FROM interest;
INSERT INTO procedure_event (id, city_id, kind, subject_id, at, actor, account_id, verb, from_state,
                             to_state, note)
SELECT id, city_id, 'interest', interest_id, at,
       CASE WHEN by_whom = 'program' THEN 'job' ELSE 'link' END, 0,
       CASE WHEN to_state = 'sent' THEN 'confirm'
            WHEN to_state = 'talk' THEN 'talk'
            WHEN to_state = 'full' THEN 'full'
            WHEN to_state = 'declined' THEN 'decline'
            ELSE 'withdraw' END,
       from_state, to_state, ''
  FROM interest_event;
DROP TABLE interest_event;
