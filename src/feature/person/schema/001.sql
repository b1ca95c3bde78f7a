-- SPDX-License-Identifier: EUPL-1.2
-- Person records: who wants to help, and is advised and placed by the office.

CREATE TABLE person (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  state TEXT NOT NULL,                 -- waiting active resting erased (states.c)
  office_id INTEGER REFERENCES office (id), -- which one looks after this person; none: any
  account_id INTEGER NOT NULL DEFAULT 0,    -- who of the office does; 0: nobody
  -- Who it is.
  name TEXT NOT NULL,
  sort_key TEXT NOT NULL,              -- the last word of the name first, computed in C
  search TEXT NOT NULL,                -- folded name, contact and place, computed in C
  pronoun TEXT NOT NULL DEFAULT '',    -- as the person writes it
  gender TEXT NOT NULL DEFAULT '',     -- web/vocab.h, as all codes here; empty: not said
  birth_year INTEGER NOT NULL DEFAULT 0, -- 0: not said
  age_band TEXT NOT NULL DEFAULT '',   -- where the year is not known
  employment TEXT NOT NULL DEFAULT '',
  lang TEXT NOT NULL,                  -- in which the person is written to
  guardian TEXT NOT NULL DEFAULT '',   -- who agrees for somebody under 16: name and how to reach
  -- How to reach them.
  mail TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT '',    -- what they prefer
  street TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  district TEXT NOT NULL DEFAULT '',
  lat REAL,                            -- the middle of the district or postcode, never the house
  lon REAL,
  geo_from TEXT NOT NULL DEFAULT '',   -- district, postcode; empty: no point
  -- What they want; bits of the vocabularies.
  like_fields INTEGER NOT NULL DEFAULT 0,
  like_kinds INTEGER NOT NULL DEFAULT 0,
  like_targets INTEGER NOT NULL DEFAULT 0,
  rather_not_fields INTEGER NOT NULL DEFAULT 0,
  rather_not_kinds INTEGER NOT NULL DEFAULT 0,
  rather_not_targets INTEGER NOT NULL DEFAULT 0,
  never_fields INTEGER NOT NULL DEFAULT 0,
  never_kinds INTEGER NOT NULL DEFAULT 0,
  never_targets INTEGER NOT NULL DEFAULT 0,
  times INTEGER NOT NULL DEFAULT 0,    -- how much time at once; bits of vocab_time
  place_kinds INTEGER NOT NULL DEFAULT 0, -- where; bits of vocab_place_kind
  team TEXT NOT NULL DEFAULT '',
  training INTEGER NOT NULL DEFAULT 0, -- wishes to learn something for it
  -- What they bring.
  languages TEXT NOT NULL DEFAULT '',  -- "de:native en:b1"
  skills TEXT NOT NULL DEFAULT '',
  experience TEXT NOT NULL DEFAULT '',
  motivation TEXT NOT NULL DEFAULT '',
  certificate TEXT NOT NULL DEFAULT '', -- the strictest that they would bring; empty: not said
  -- When, how much, how far.
  hours_week INTEGER NOT NULL DEFAULT 0, -- tenths of an hour; 0: not said
  grid INTEGER NOT NULL DEFAULT 0,     -- 7 x 4 bits
  starts_on TEXT NOT NULL DEFAULT '',
  ends_on TEXT NOT NULL DEFAULT '',
  mobility INTEGER NOT NULL DEFAULT 0, -- bits
  reach_km INTEGER NOT NULL DEFAULT 0, -- how far they go; 0: as far as `mobility` takes them
  heard_from TEXT NOT NULL DEFAULT '',
  -- Where the record comes from.
  source TEXT NOT NULL,                -- office, self, or the name of an import
  ref TEXT NOT NULL DEFAULT '',        -- its key at that source
  content_hash TEXT NOT NULL DEFAULT '', -- of what the source said last
  edited_at INTEGER NOT NULL DEFAULT 0,  -- changed here since the source said it
  created_at INTEGER NOT NULL,
  created_by INTEGER NOT NULL DEFAULT 0, -- account; 0: by link or import
  changed_at INTEGER NOT NULL,
  confirmed_at INTEGER NOT NULL DEFAULT 0, -- when somebody last said that the profile is right
  contact_at INTEGER NOT NULL,         -- the last contact; the time until erasure runs from here
  asked_at INTEGER NOT NULL DEFAULT 0, -- "shall we keep it?", since the last contact; 0: not yet
  held INTEGER NOT NULL DEFAULT 0,     -- how many running things (placements) need the record
  erased_at INTEGER NOT NULL DEFAULT 0,
  merged_into INTEGER REFERENCES person (id) -- the same person; always the last of a chain
);
CREATE INDEX person_list ON person (city_id, state, sort_key);
CREATE INDEX person_mail ON person (mail);
CREATE INDEX person_ref ON person (city_id, source, ref);
CREATE INDEX person_contact ON person (contact_at);
CREATE INDEX person_changed ON person (changed_at);
CREATE INDEX person_merged ON person (merged_into);

-- What somebody needs in order to take part. Voluntary, sealed, read by few; readings are noted.
CREATE TABLE person_support (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  needs TEXT NOT NULL,                 -- sealed: codes of accessibility, line break, words
  changed_at INTEGER NOT NULL,
  UNIQUE (city_id, person_id)
);
