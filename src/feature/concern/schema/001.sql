-- SPDX-License-Identifier: EUPL-1.2
-- Concerns (Anliegen): what somebody asks an office, and what was answered.

CREATE TABLE concern (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  number TEXT NOT NULL,                -- "2026-0042"
  state TEXT NOT NULL,                 -- states.c
  asker TEXT NOT NULL,                 -- citizen, organisation
  topic TEXT NOT NULL,                 -- web/vocab.h
  office_id INTEGER REFERENCES office (id), -- who answers; none: nobody is responsible yet
  account_id INTEGER NOT NULL DEFAULT 0,    -- who works on it; 0: nobody
  -- What the person wrote; all of it is emptied when the concern is erased.
  organisation TEXT NOT NULL,
  name TEXT NOT NULL,
  mail TEXT NOT NULL,
  subject TEXT NOT NULL,
  question TEXT NOT NULL,
  search TEXT NOT NULL,                -- folded number, subject, names, computed in C
  lang TEXT NOT NULL,                  -- of the mails
  consent TEXT NOT NULL,               -- version of the text that was agreed to
  consent_at INTEGER NOT NULL,
  promised_on TEXT NOT NULL,           -- day by which we answer
  created_at INTEGER NOT NULL,
  confirmed_at INTEGER NOT NULL DEFAULT 0,
  answered_at INTEGER NOT NULL DEFAULT 0,
  closed_at INTEGER NOT NULL DEFAULT 0,
  erased_at INTEGER NOT NULL DEFAULT 0,
  UNIQUE (city_id, number)
);
CREATE INDEX concern_open ON concern (city_id, state, promised_on);

-- What was said, in order. A note stays inside.
CREATE TABLE concern_message (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  concern_id INTEGER NOT NULL REFERENCES concern (id),
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,                  -- asker, question, answer, note
  account_id INTEGER NOT NULL,         -- 0: who asked, or somebody who has left
  body TEXT NOT NULL
);
CREATE INDEX concern_message_of ON concern_message (concern_id, at);

-- The last number given out in a year.
CREATE TABLE concern_counter (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  year INTEGER NOT NULL,
  latest INTEGER NOT NULL,
  UNIQUE (city_id, year)
);

-- Which office answers what; a topic without a row goes by what the offices say of themselves.
CREATE TABLE concern_route (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  topic TEXT NOT NULL,
  office_id INTEGER NOT NULL REFERENCES office (id),
  UNIQUE (city_id, topic)
);

-- Answers that are given often, to start from.
CREATE TABLE concern_canned (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  office_id INTEGER REFERENCES office (id), -- none: of all offices
  topic TEXT NOT NULL,                 -- empty: fits everywhere
  title TEXT NOT NULL,
  body TEXT NOT NULL,                  -- with {nummer}, {name}, {stelle}, {stadt}, {ratgeber}
  slug TEXT NOT NULL,                  -- of a guide article, for {ratgeber}; may be empty
  changed_at INTEGER NOT NULL
);
CREATE INDEX concern_canned_list ON concern_canned (city_id, title);
