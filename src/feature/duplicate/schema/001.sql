-- SPDX-License-Identifier: EUPL-1.2
-- Records that may be the same, and those that were merged. `kind` is that of a record.

-- Two that look alike: found by night, decided by the office.
CREATE TABLE duplicate_pair (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  kind TEXT NOT NULL,                  -- organisation, opportunity
  low_id INTEGER NOT NULL,
  high_id INTEGER NOT NULL,
  reasons INTEGER NOT NULL,            -- bits, of the kind
  score INTEGER NOT NULL,              -- 1 to 100
  state TEXT NOT NULL,                 -- open, different, merged
  found_at INTEGER NOT NULL,
  decided_at INTEGER NOT NULL DEFAULT 0,
  account_id INTEGER NOT NULL DEFAULT 0, -- who said that they are different
  UNIQUE (city_id, kind, low_id, high_id)
);
CREATE INDEX duplicate_pair_list ON duplicate_pair (city_id, kind, state, score);

-- A merge, as long as it can be taken back.
CREATE TABLE duplicate_merge (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  kind TEXT NOT NULL,
  kept_id INTEGER NOT NULL,
  gone_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  mail TEXT NOT NULL,                  -- of the contact whose data stood in the one that stayed
  undone_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX duplicate_merge_list ON duplicate_merge (city_id, at);
CREATE INDEX duplicate_merge_mail ON duplicate_merge (mail);

-- A row that hung on the one that went, and was moved.
CREATE TABLE duplicate_move (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  merge_id INTEGER NOT NULL REFERENCES duplicate_merge (id),
  ref TEXT NOT NULL,                   -- "opportunity.organisation_id" (web/merge.h)
  row_id INTEGER NOT NULL
);
CREATE INDEX duplicate_move_of ON duplicate_move (merge_id);

-- A value that became another one.
CREATE TABLE duplicate_value (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  merge_id INTEGER NOT NULL REFERENCES duplicate_merge (id),
  side TEXT NOT NULL,                  -- kept, gone
  name TEXT NOT NULL,
  was TEXT NOT NULL,
  said TEXT NOT NULL                   -- empty where it tells who somebody is: see the other row
);
CREATE INDEX duplicate_value_of ON duplicate_value (merge_id);
