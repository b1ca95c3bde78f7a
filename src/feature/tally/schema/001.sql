-- SPDX-License-Identifier: EUPL-1.2
-- How often offers were looked at and asked for: plain numbers of a day. Nothing tells who.

CREATE TABLE tally (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  opportunity_id INTEGER NOT NULL,
  day TEXT NOT NULL,                   -- ISO, German calendar
  way TEXT NOT NULL,                   -- how people came: tally.h; 'interest': who asked
  n INTEGER NOT NULL,
  counted_at INTEGER NOT NULL,         -- when the row began
  UNIQUE (opportunity_id, day, way)
);
CREATE INDEX tally_city ON tally (city_id, day);
