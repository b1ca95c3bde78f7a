-- SPDX-License-Identifier: EUPL-1.2
-- What happened to offers is kept by the procedures of the web layer from now on, with verbs in
-- place of "moved"; and which reminder of an offer's age was sent last (75, 82, 88; 0: none).

INSERT INTO procedure_event (id, city_id, kind, subject_id, at, actor, account_id, verb, from_state,
                             to_state, note)
SELECT id, city_id, 'opportunity', opportunity_id, at,
       CASE WHEN account_id = 0 THEN 'job' ELSE 'person' END, account_id,
       CASE WHEN event = 'created' THEN 'create'
            WHEN event = 'confirmed' THEN 'confirm'
            WHEN event <> 'moved' THEN 'change'
            WHEN to_state = 'submitted' THEN 'submit'
            WHEN to_state = 'paused' THEN 'pause'
            WHEN to_state = 'filled' THEN 'fill'
            WHEN to_state = 'expired' THEN 'expire'
            WHEN to_state = 'archived' THEN 'archive'
            WHEN to_state = 'draft' THEN 'return'
            WHEN from_state = 'paused' THEN 'resume'
            WHEN from_state = 'filled' THEN 'reopen'
            WHEN from_state = 'expired' THEN 'renew'
            ELSE 'publish' END,
       from_state, to_state, note
  FROM opportunity_event;
DROP TABLE opportunity_event;

-- Offers that wait for release wait for somebody: for all that did already, from one day on.
INSERT INTO procedure_due (id, city_id, kind, subject_id, due_on, verb, since)
SELECT id, city_id, 'opportunity', id, '2026-11-30', 'submit', changed_at
  FROM opportunity WHERE state = 'submitted';

ALTER TABLE opportunity ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0;
CREATE INDEX opportunity_fresh ON opportunity (state, confirmed_at);
