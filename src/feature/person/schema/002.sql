-- SPDX-License-Identifier: EUPL-1.2
-- Lists of people that the office brings: files until they are taken or a day old (person.tidy),
-- and how the columns of each list were assigned.

CREATE TABLE person_roster (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  name TEXT NOT NULL,
  source TEXT NOT NULL,                -- key of its rows (person.source)
  columns TEXT NOT NULL,               -- a line for each: name, tab, what it is
  changed_at INTEGER NOT NULL,
  UNIQUE (city_id, source)
);

CREATE TABLE person_file (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  account_id INTEGER NOT NULL,         -- who brought it
  name TEXT NOT NULL,                  -- as the browser calls it: a hint
  list TEXT NOT NULL DEFAULT '',       -- name of the list, as soon as columns are assigned
  source TEXT NOT NULL DEFAULT '',
  columns TEXT NOT NULL DEFAULT '',
  assured INTEGER NOT NULL DEFAULT 0,  -- 1: the office has everybody's consent to be kept
  state TEXT NOT NULL,                 -- columns checked applied
  bytes BLOB NOT NULL,                 -- empty as soon as it is taken
  size INTEGER NOT NULL,
  fresh INTEGER NOT NULL DEFAULT 0,    -- how many rows are new, changed …, or would be
  changed INTEGER NOT NULL DEFAULT 0,
  same INTEGER NOT NULL DEFAULT 0,
  kept INTEGER NOT NULL DEFAULT 0,
  alike INTEGER NOT NULL DEFAULT 0,
  left_out INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  applied_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX person_file_old ON person_file (created_at);

-- A row about which somebody should know something, or decide.
CREATE TABLE person_line (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  file_id INTEGER NOT NULL REFERENCES person_file (id),
  line INTEGER NOT NULL,
  outcome TEXT NOT NULL,               -- new changed same kept alike left failed
  name TEXT NOT NULL,
  said TEXT NOT NULL,                  -- why, in the words of the page
  others TEXT NOT NULL,                -- who it may be: id and reasons, id and reasons …
  choice TEXT NOT NULL DEFAULT '',     -- new take leave
  person_id INTEGER NOT NULL DEFAULT 0 -- into whose record; no reference: it is looked for again
);
CREATE INDEX person_line_file ON person_line (file_id, outcome);
