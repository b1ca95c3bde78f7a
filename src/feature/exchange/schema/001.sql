-- SPDX-License-Identifier: EUPL-1.2
-- Files that the office takes in by its browser, until they are applied or a day old
-- (exchange.tidy), and the lists whose columns somebody has assigned.

-- A list of somebody else: the name under which its offers are found again, and the mapping.
CREATE TABLE import_list (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  name TEXT NOT NULL,
  source TEXT NOT NULL,                -- key of its rows (opportunity.source)
  mapping TEXT NOT NULL,               -- doc/import.md has its language
  changed_at INTEGER NOT NULL,
  UNIQUE (city_id, source)
);

CREATE TABLE import_file (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  account_id INTEGER NOT NULL,         -- who brought it
  name TEXT NOT NULL,                  -- as the browser calls it: a hint
  kind TEXT NOT NULL,                  -- opportunities organisations
  format TEXT NOT NULL,                -- of a reader
  state TEXT NOT NULL,                 -- columns checked applied
  list TEXT NOT NULL DEFAULT '',       -- name of the list, where a mapping reads it
  mapping TEXT NOT NULL DEFAULT '',
  overwrite INTEGER NOT NULL DEFAULT 0, -- 1: also what was edited here
  bytes BLOB NOT NULL,                 -- empty as soon as it is applied
  size INTEGER NOT NULL,
  imported INTEGER NOT NULL DEFAULT 0, -- what it did, or would do
  updated INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  kept INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  applied_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX import_file_old ON import_file (created_at);

-- What was refused or noted, as the command prints it.
CREATE TABLE import_line (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  file_id INTEGER NOT NULL REFERENCES import_file (id),
  line INTEGER NOT NULL,               -- 0: of the whole file
  refused INTEGER NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX import_line_file ON import_line (file_id);

-- The first rows, as they are taken.
CREATE TABLE import_first (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  file_id INTEGER NOT NULL REFERENCES import_file (id),
  line INTEGER NOT NULL,
  outcome TEXT NOT NULL,               -- new changed same
  title TEXT NOT NULL,
  organisation TEXT NOT NULL,
  summary TEXT NOT NULL,
  place TEXT NOT NULL
);
CREATE INDEX import_first_file ON import_first (file_id);
