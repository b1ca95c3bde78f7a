-- SPDX-License-Identifier: EUPL-1.2
-- Sealed columns (web/seal.h): the numbers of their keys, which are in a file beside the database,
-- and who opened what.

CREATE TABLE seal_key (
  number INTEGER NOT NULL PRIMARY KEY,   -- in front of each box: "3.…"; the highest one seals
  made_at INTEGER NOT NULL,
  dropped_at INTEGER NOT NULL DEFAULT 0  -- the key is gone, and nothing is sealed by it
);

-- Append-only but for its end: each opening for somebody else's eyes.
CREATE TABLE read_log (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  at INTEGER NOT NULL,
  account_id INTEGER NOT NULL,           -- who; 0: an account that is no more
  role TEXT NOT NULL,                    -- in which role, for the person whom it is about
  place TEXT NOT NULL,                   -- "concern_message.note"
  subject_id INTEGER NOT NULL,           -- the record: a concern
  why TEXT NOT NULL                      -- the route
);
CREATE INDEX read_log_list ON read_log (city_id, at);
CREATE INDEX read_log_subject ON read_log (subject_id);
CREATE INDEX read_log_account ON read_log (account_id);
