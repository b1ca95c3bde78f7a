-- SPDX-License-Identifier: EUPL-1.2
-- Mentoring (Patenschaften): programmes, who takes part on either side, pairs with what came of
-- them. What happened, when and by whom, are the events of procedure_event. Codes: web/vocab.h.

CREATE TABLE mentoring_programme (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  office_id INTEGER REFERENCES office (id), -- which one runs it; none: all
  state TEXT NOT NULL,                      -- open closed
  title TEXT NOT NULL,
  aim TEXT NOT NULL,
  audience TEXT NOT NULL,                   -- for whom, in words
  mentor_word TEXT NOT NULL,                -- what the roles are called: "Patin oder Pate"
  mentee_word TEXT NOT NULL,
  minors INTEGER NOT NULL DEFAULT 0,        -- made for children and youth: section 72a SGB VIII
  topics INTEGER NOT NULL DEFAULT 0,        -- bits
  rhythm TEXT NOT NULL DEFAULT '',          -- how often two meet
  months INTEGER NOT NULL DEFAULT 0,        -- how long a pair goes on; 0: open
  starts_on TEXT NOT NULL DEFAULT '',
  ends_on TEXT NOT NULL DEFAULT '',
  questions TEXT NOT NULL DEFAULT '',       -- for the profiles, one a line
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
);
CREATE INDEX mentoring_programme_list ON mentoring_programme (city_id, state, title);

-- Who takes part: what a programme needs to know beside the person's own record, and no more.
CREATE TABLE mentoring_profile (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  programme_id INTEGER NOT NULL REFERENCES mentoring_programme (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  side TEXT NOT NULL,                       -- mentor mentee
  state TEXT NOT NULL,                      -- open resting closed
  topics INTEGER NOT NULL DEFAULT 0,        -- bits: what they can do, or would like to
  languages INTEGER NOT NULL DEFAULT 0,     -- bits: in which they can talk with somebody
  grid INTEGER NOT NULL DEFAULT 0,          -- 7 x 4 bits
  wish_gender TEXT NOT NULL DEFAULT '',     -- of the other one; empty: does not matter
  wish TEXT NOT NULL DEFAULT '',            -- in words
  answers TEXT NOT NULL DEFAULT '',         -- question, line break, answer, line break, …
  note TEXT NOT NULL,                       -- sealed: what the office must know and nobody else
  room INTEGER NOT NULL DEFAULT 1,          -- for how many of the other side
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL DEFAULT 0,
  erased_at INTEGER NOT NULL DEFAULT 0
);
-- Nobody takes part twice on one side.
CREATE UNIQUE INDEX mentoring_profile_once ON mentoring_profile (programme_id, person_id, side)
  WHERE closed_at = 0;
CREATE INDEX mentoring_profile_list ON mentoring_profile (programme_id, side, state);
CREATE INDEX mentoring_profile_person ON mentoring_profile (person_id);

CREATE TABLE mentoring_pair (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  programme_id INTEGER NOT NULL REFERENCES mentoring_programme (id),
  mentor_id INTEGER NOT NULL REFERENCES mentoring_profile (id),
  mentee_id INTEGER NOT NULL REFERENCES mentoring_profile (id),
  mentor_person_id INTEGER NOT NULL REFERENCES person (id),
  mentee_person_id INTEGER NOT NULL REFERENCES person (id),
  state TEXT NOT NULL,                      -- states.c
  fits TEXT NOT NULL DEFAULT '',            -- why, a sentence a line, as both were told
  misses TEXT NOT NULL DEFAULT '',          -- what does not fit, likewise
  asked_at INTEGER NOT NULL DEFAULT 0,
  reminded_at INTEGER NOT NULL DEFAULT 0,
  mentor_yes_at INTEGER NOT NULL DEFAULT 0,
  mentee_yes_at INTEGER NOT NULL DEFAULT 0,
  mentor_said TEXT NOT NULL DEFAULT '',     -- a sentence with the answer
  mentee_said TEXT NOT NULL DEFAULT '',
  started_on TEXT NOT NULL DEFAULT '',      -- the day on which it began; empty: it never did
  ends_on TEXT NOT NULL DEFAULT '',         -- as planned
  checks INTEGER NOT NULL DEFAULT 0,        -- how many check-ins were sent
  checked_at INTEGER NOT NULL DEFAULT 0,    -- when the last one was
  meetings INTEGER NOT NULL DEFAULT 0,
  minutes INTEGER NOT NULL DEFAULT 0,
  closed_at INTEGER NOT NULL DEFAULT 0,
  ended_on TEXT NOT NULL DEFAULT '',        -- of one that had begun
  reason TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  erased_at INTEGER NOT NULL DEFAULT 0      -- what was said in it is gone
);
-- Two are proposed to each other once at a time.
CREATE UNIQUE INDEX mentoring_pair_open ON mentoring_pair (mentor_id, mentee_id)
  WHERE closed_at = 0;
CREATE INDEX mentoring_pair_state ON mentoring_pair (city_id, state, changed_at);
CREATE INDEX mentoring_pair_mentee ON mentoring_pair (mentee_id);
CREATE INDEX mentoring_pair_people ON mentoring_pair (mentor_person_id, mentee_person_id);
CREATE INDEX mentoring_pair_started ON mentoring_pair (city_id, started_on);
CREATE INDEX mentoring_pair_ended ON mentoring_pair (city_id, ended_on);

-- When two have met: no content, only that they did.
CREATE TABLE mentoring_meeting (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  pair_id INTEGER NOT NULL REFERENCES mentoring_pair (id),
  person_id INTEGER NOT NULL REFERENCES person (id), -- who wrote it down, or for whom it was
  side TEXT NOT NULL,                       -- mentor mentee office
  day TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  sentence TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX mentoring_meeting_of ON mentoring_meeting (pair_id, day);

-- What both say when they are asked, after two and eight weeks and at the end.
CREATE TABLE mentoring_answer (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  pair_id INTEGER NOT NULL REFERENCES mentoring_pair (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  side TEXT NOT NULL,                       -- mentor mentee
  occasion INTEGER NOT NULL,                -- 1: two weeks, 2: eight weeks, 9: the end
  going TEXT NOT NULL,                      -- good mixed bad
  sentence TEXT NOT NULL,
  call INTEGER NOT NULL DEFAULT 0,          -- wants the office to call
  at INTEGER NOT NULL
);
-- Each side answers an occasion once.
CREATE UNIQUE INDEX mentoring_answer_once ON mentoring_answer (pair_id, side, occasion);
