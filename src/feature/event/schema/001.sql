-- SPDX-License-Identifier: EUPL-1.2
-- Dates of the town. Times are those of the clock on the wall in Germany; days are ISO text.

CREATE TABLE event (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  organisation_id INTEGER REFERENCES organisation (id), -- NULL: the town's own
  state TEXT NOT NULL,                  -- draft submitted published cancelled archived
  title TEXT NOT NULL,
  title_simple TEXT NOT NULL DEFAULT '',
  title_en TEXT NOT NULL DEFAULT '',
  summary TEXT NOT NULL DEFAULT '',
  text_md TEXT NOT NULL DEFAULT '',
  simple_md TEXT NOT NULL DEFAULT '',
  fields INTEGER NOT NULL DEFAULT 0,    -- bits of vocab_field
  begins_on TEXT NOT NULL,
  begins_at TEXT NOT NULL DEFAULT '',   -- "18:30"; empty: the whole day
  ends_on TEXT NOT NULL,                -- the last day, inclusive
  ends_at TEXT NOT NULL DEFAULT '',
  rule TEXT NOT NULL DEFAULT '',        -- RFC 5545; empty: once
  follows_id INTEGER REFERENCES event (id), -- it was split off that series
  venue TEXT NOT NULL DEFAULT '',
  street TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  district TEXT NOT NULL DEFAULT '',
  online TEXT NOT NULL DEFAULT '',      -- an address in the web
  access INTEGER NOT NULL DEFAULT 0,    -- six answers, web/vocab.h
  search TEXT NOT NULL DEFAULT '',      -- folded words
  sequence INTEGER NOT NULL DEFAULT 0,  -- RFC 5545, 3.8.7.4
  expanded_to INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  published_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX event_state ON event (city_id, state, changed_at);
CREATE INDEX event_organisation ON event (organisation_id);

-- One date of a series that is otherwise than the series says.
CREATE TABLE event_change (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  event_id INTEGER NOT NULL REFERENCES event (id),
  day TEXT NOT NULL,                    -- on which it would be by the rule
  cancelled INTEGER NOT NULL DEFAULT 0,
  begins_on TEXT NOT NULL DEFAULT '',   -- where it was moved
  begins_at TEXT NOT NULL DEFAULT '',
  ends_on TEXT NOT NULL DEFAULT '',
  ends_at TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',        -- for everybody: "diesmal im Garten"
  changed_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX event_change_day ON event_change (event_id, day);

-- What is on when: computed from the two above, until event.expanded_to.
CREATE TABLE event_instance (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  event_id INTEGER NOT NULL REFERENCES event (id),
  day TEXT NOT NULL,                    -- by the rule
  begins INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  cancelled INTEGER NOT NULL DEFAULT 0,
  moved INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX event_instance_when ON event_instance (city_id, begins);
CREATE INDEX event_instance_of ON event_instance (event_id, begins);
