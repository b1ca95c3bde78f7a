-- SPDX-License-Identifier: EUPL-1.2
-- Organisations: associations, initiatives, institutions.

CREATE TABLE organisation (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  source TEXT NOT NULL DEFAULT '',     -- where it came from: '' entered here, else an import
  ref TEXT NOT NULL DEFAULT '',        -- its key there
  name TEXT NOT NULL,
  sort_key TEXT NOT NULL,              -- DIN 5007-1, computed in C
  search TEXT NOT NULL,                -- folded name and purpose, computed in C
  kind TEXT NOT NULL,
  purpose_md TEXT NOT NULL DEFAULT '',
  purpose_simple TEXT NOT NULL DEFAULT '',
  fields INTEGER NOT NULL DEFAULT 0,   -- bits, web/vocab.h
  street TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  district TEXT NOT NULL DEFAULT '',
  lat REAL,
  lon REAL,
  geo_from TEXT NOT NULL DEFAULT '',   -- given, postcode, place: how exact the point is
  web TEXT NOT NULL DEFAULT '',
  mail TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  umbrella_id INTEGER REFERENCES organisation (id),
  access INTEGER NOT NULL DEFAULT 0,   -- six answers of two bits each, web/vocab.h
  verified_at INTEGER NOT NULL DEFAULT 0,
  content_hash TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  archived_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX organisation_list ON organisation (city_id, archived_at, sort_key);
CREATE INDEX organisation_changed ON organisation (changed_at);
CREATE UNIQUE INDEX organisation_ref ON organisation (city_id, source, ref) WHERE ref <> '';
