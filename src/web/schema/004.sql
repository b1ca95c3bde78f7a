-- SPDX-License-Identifier: EUPL-1.2
-- Procedures (web/procedure.h): what happened to a record, and what has to happen until when.

-- Every step of every procedure: dated, attributed, never changed. The state of a record is in
-- its own table; replaying its events gives the same (procedure_replay).
-- append-only
CREATE TABLE procedure_event (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  kind TEXT NOT NULL,                   -- "opportunity"
  subject_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,                  -- person, link, job
  account_id INTEGER NOT NULL,          -- 0: nobody, or somebody who has left
  verb TEXT NOT NULL,                   -- "publish"
  from_state TEXT NOT NULL,             -- empty: it began
  to_state TEXT NOT NULL,               -- empty: it stayed
  note TEXT NOT NULL
);
CREATE INDEX procedure_event_of ON procedure_event (city_id, kind, subject_id, at);
CREATE INDEX procedure_event_by ON procedure_event (account_id);

-- The day by which the next step of a record must be taken; no row: it can wait.
CREATE TABLE procedure_due (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  kind TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  due_on TEXT NOT NULL,                 -- ISO, a German day
  verb TEXT NOT NULL,                   -- of the step that asked for it
  since INTEGER NOT NULL,
  UNIQUE (city_id, kind, subject_id)
);
CREATE INDEX procedure_due_day ON procedure_due (city_id, due_on);

-- Follow-ups (Wiedervorlagen): somebody wants to see a record again on a day.
CREATE TABLE follow_up (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  kind TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  account_id INTEGER NOT NULL,          -- whose; 0: whoever works on such records
  note TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  done_at INTEGER NOT NULL DEFAULT 0,   -- 0: open
  done_by INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX follow_up_open ON follow_up (city_id, done_at, due_on);
CREATE INDEX follow_up_of ON follow_up (city_id, kind, subject_id);
