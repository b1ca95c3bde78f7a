-- SPDX-License-Identifier: EUPL-1.2
-- Advice cases (Beratungsfälle): one person, one reason to come; its talks; what the offices ask.

CREATE TABLE advice (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  state TEXT NOT NULL,                 -- states.c
  office_id INTEGER REFERENCES office (id), -- who advises; none: the town has no offices
  account_id INTEGER NOT NULL DEFAULT 0,    -- who of them; 0: nobody yet
  channel TEXT NOT NULL,               -- of the first contact; web/vocab.h
  reason TEXT NOT NULL,                -- why the person came; emptied with the person
  created_at INTEGER NOT NULL,
  advised_at INTEGER NOT NULL DEFAULT 0, -- the first talk was entered
  closed_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX advice_list ON advice (city_id, state, created_at);
CREATE INDEX advice_person ON advice (person_id);

-- A talk. Its row stays for the figures when the person is erased.
CREATE TABLE advice_talk (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  advice_id INTEGER NOT NULL REFERENCES advice (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  office_id INTEGER REFERENCES office (id), -- which office held it
  account_id INTEGER NOT NULL,
  held_on TEXT NOT NULL,               -- day
  channel TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  protocol TEXT NOT NULL,              -- sealed; empty: none was written
  created_at INTEGER NOT NULL
);
CREATE INDEX advice_talk_of ON advice_talk (advice_id, held_on);
CREATE INDEX advice_talk_person ON advice_talk (person_id);

-- What an office asks in a talk. A question that is no longer asked keeps its answers.
CREATE TABLE advice_question (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  office_id INTEGER REFERENCES office (id), -- none: all offices ask it
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  choices TEXT NOT NULL,               -- one a line; empty: answered in words
  created_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX advice_question_list ON advice_question (city_id, position);

CREATE TABLE advice_answer (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  advice_id INTEGER NOT NULL REFERENCES advice (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  question_id INTEGER NOT NULL REFERENCES advice_question (id),
  answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (city_id, advice_id, question_id)
);
CREATE INDEX advice_answer_person ON advice_answer (person_id);
