-- SPDX-License-Identifier: EUPL-1.2
-- The offices of a town (Anlaufstellen) and where they counsel.

CREATE TABLE office (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  ref TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  short_name TEXT NOT NULL DEFAULT '', -- empty: the name
  kind TEXT NOT NULL,                  -- stabsstelle, servicestelle, agentur
  about TEXT NOT NULL,
  about_simple TEXT NOT NULL DEFAULT '',
  about_en TEXT NOT NULL DEFAULT '',
  topics TEXT NOT NULL,                -- one a line
  mail TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  UNIQUE (city_id, ref)
);

-- A place of counselling with its opening hours, in the order in which people see them.
CREATE TABLE office_place (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  office_id INTEGER NOT NULL REFERENCES office (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  place TEXT NOT NULL,
  district TEXT NOT NULL DEFAULT '',
  access INTEGER NOT NULL DEFAULT 0,   -- six answers, as in web/vocab.h
  note TEXT NOT NULL DEFAULT '',       -- how to get in, when there is somebody
  lat REAL,
  lon REAL
);
CREATE INDEX office_place_of ON office_place (office_id, position);

CREATE TABLE office_hours (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  office_id INTEGER NOT NULL REFERENCES office (id),
  weekday INTEGER NOT NULL,            -- 0 Monday … 6 Sunday
  opens TEXT NOT NULL,                 -- "09:00"; empty with only a note ("by appointment")
  closes TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX office_hours_of ON office_hours (office_id, weekday, opens);

-- The legal pages that a town writes itself (impressum, datenschutz, barrierefreiheit).
CREATE TABLE legal_page (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  name TEXT NOT NULL,
  lang TEXT NOT NULL,
  body_md TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  UNIQUE (city_id, name, lang)
);

-- Reports of barriers; BGG § 12b wants them answered within a month.
CREATE TABLE barrier_report (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  page TEXT NOT NULL,
  message TEXT NOT NULL,
  reply_to TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  answered_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX barrier_report_open ON barrier_report (city_id, answered_at, created_at);
