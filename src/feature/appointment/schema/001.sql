-- SPDX-License-Identifier: EUPL-1.2
-- Consulting hours, when they are not held, and what is booked into them.

-- A consulting hour of each week, or of one day. Times are German wall-clock time.
CREATE TABLE appointment_hours (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  office_id INTEGER NOT NULL REFERENCES office (id),
  place_id INTEGER NOT NULL DEFAULT 0,    -- 0: by phone or video only
  account_id INTEGER NOT NULL DEFAULT 0,  -- the counsellor; 0: whoever is there
  weekday INTEGER NOT NULL,               -- 0 Monday … 6 Sunday
  opens INTEGER NOT NULL,                 -- minutes of the day, in fives
  closes INTEGER NOT NULL,
  minutes INTEGER NOT NULL,               -- of one appointment, in fives
  pause INTEGER NOT NULL,                 -- between two
  channels INTEGER NOT NULL,              -- bits: 1 on site, 2 phone, 4 video
  video TEXT NOT NULL DEFAULT '',         -- address of the room for video
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL DEFAULT '',   -- empty: until further notice
  extra INTEGER NOT NULL DEFAULT 0        -- 1: of one day, also if it is a holiday
);
CREATE INDEX appointment_hours_of ON appointment_hours (city_id, weekday, opens);

-- Days on which nothing is held: an office, a counsellor, or all.
CREATE TABLE appointment_closure (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  office_id INTEGER NOT NULL DEFAULT 0,   -- 0: every office
  account_id INTEGER NOT NULL DEFAULT 0,  -- 0: everybody
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  over_at INTEGER NOT NULL,               -- the end of the last day
  reason TEXT NOT NULL DEFAULT ''         -- shown to citizens
);
CREATE INDEX appointment_closure_of ON appointment_closure (city_id, to_day);

CREATE TABLE appointment (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  office_id INTEGER NOT NULL REFERENCES office (id),
  place_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,            -- the counsellor; 0: whoever is there
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  channel TEXT NOT NULL,                  -- onsite phone video
  video TEXT NOT NULL,
  state TEXT NOT NULL,                    -- held booked attended missed cancelled
  name TEXT NOT NULL,
  mail TEXT NOT NULL,                     -- may be empty when the office entered it
  phone TEXT NOT NULL,
  subject TEXT NOT NULL,
  lang TEXT NOT NULL,                     -- in which the person is written to
  held_until INTEGER NOT NULL,            -- of one that waits for its confirmation
  reminded_at INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
);
CREATE INDEX appointment_when ON appointment (city_id, starts_at);
CREATE INDEX appointment_mail ON appointment (mail);
CREATE INDEX appointment_due ON appointment (state, starts_at);

-- The time that appointments take, in steps of five minutes. Whose time it is: the consulting
-- hour's, and its counsellor's (ids are unique across tables). That no two appointments share a
-- step is what the key is for.
CREATE TABLE appointment_time (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  appointment_id INTEGER NOT NULL REFERENCES appointment (id),
  whose_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (whose_id, at)
);
CREATE INDEX appointment_time_of ON appointment_time (appointment_id);
