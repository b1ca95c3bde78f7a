-- SPDX-License-Identifier: EUPL-1.2
-- Opportunities: what somebody may do, where, when and for whom.
-- Codes and bits are those of web/vocab.h; days are ISO text, empty where there is none.

CREATE TABLE opportunity (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  source TEXT NOT NULL DEFAULT '',
  ref TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL,                 -- draft submitted published paused filled expired archived
  title TEXT NOT NULL,
  title_simple TEXT NOT NULL DEFAULT '',
  title_en TEXT NOT NULL DEFAULT '',
  summary TEXT NOT NULL DEFAULT '',
  summary_en TEXT NOT NULL DEFAULT '',
  tasks_md TEXT NOT NULL DEFAULT '',
  simple_md TEXT NOT NULL DEFAULT '',
  needs_md TEXT NOT NULL DEFAULT '',
  gives_md TEXT NOT NULL DEFAULT '',
  fields INTEGER NOT NULL DEFAULT 0,
  kinds INTEGER NOT NULL DEFAULT 0,
  targets INTEGER NOT NULL DEFAULT 0,
  suits INTEGER NOT NULL DEFAULT 0,
  derived INTEGER NOT NULL DEFAULT 0,  -- 1: fields, kinds or targets were guessed at import
  time TEXT NOT NULL DEFAULT '',
  hours_week INTEGER NOT NULL DEFAULT 0, -- tenths of an hour
  grid INTEGER NOT NULL DEFAULT 0,     -- 7 x 4 bits
  starts_on TEXT NOT NULL DEFAULT '',
  ends_on TEXT NOT NULL DEFAULT '',
  commitment TEXT NOT NULL DEFAULT '',
  wanted INTEGER NOT NULL DEFAULT 0,   -- 0: not said
  placed INTEGER NOT NULL DEFAULT 0,
  min_age INTEGER NOT NULL DEFAULT 0,
  languages TEXT NOT NULL DEFAULT '',  -- "de:b1 en:a2"
  skills TEXT NOT NULL DEFAULT '',
  place_kind TEXT NOT NULL DEFAULT '',
  street TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  district TEXT NOT NULL DEFAULT '',
  lat REAL,
  lon REAL,
  geo_from TEXT NOT NULL DEFAULT '',
  access INTEGER NOT NULL DEFAULT 0,
  training TEXT NOT NULL DEFAULT '',
  supervision TEXT NOT NULL DEFAULT '',
  certificate TEXT NOT NULL DEFAULT 'none',
  measles INTEGER NOT NULL DEFAULT 0,
  insurance TEXT NOT NULL DEFAULT '',
  expenses TEXT NOT NULL DEFAULT 'none',
  expenses_cents INTEGER NOT NULL DEFAULT 0,
  contact_name TEXT NOT NULL DEFAULT '',
  contact_mail TEXT NOT NULL DEFAULT '',
  contact_phone TEXT NOT NULL DEFAULT '',
  channels TEXT NOT NULL DEFAULT 'own', -- own, town, press, poster, export
  valid_until TEXT NOT NULL DEFAULT '',
  confirmed_at INTEGER NOT NULL DEFAULT 0,
  confirmed_by TEXT NOT NULL DEFAULT '', -- contact, office, import
  content_hash TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  published_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX opportunity_state ON opportunity (city_id, state, changed_at);
CREATE INDEX opportunity_changed ON opportunity (changed_at);
CREATE INDEX opportunity_organisation ON opportunity (organisation_id);
CREATE UNIQUE INDEX opportunity_ref ON opportunity (city_id, source, ref) WHERE ref <> '';

-- What happened to an offer: append-only, dated, attributed.
CREATE TABLE opportunity_event (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  opportunity_id INTEGER NOT NULL REFERENCES opportunity (id),
  at INTEGER NOT NULL,
  account_id INTEGER NOT NULL,         -- 0: the program, or somebody without account
  event TEXT NOT NULL,                 -- created, changed, submitted, published, …
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX opportunity_event_of ON opportunity_event (opportunity_id, at);
