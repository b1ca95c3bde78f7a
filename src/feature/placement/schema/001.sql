-- SPDX-License-Identifier: EUPL-1.2
-- Placements: a person and an offer, from the proposal to the end. What happened, when and by whom,
-- are the events of procedure_event; here is what the states must record (codes: web/vocab.h).

CREATE TABLE placement (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  opportunity_id INTEGER NOT NULL REFERENCES opportunity (id),
  state TEXT NOT NULL,                     -- states.c
  -- Proposed.
  why TEXT NOT NULL DEFAULT '',            -- why it fits, as the person reads it
  told TEXT NOT NULL DEFAULT '',           -- how it was handed over: printed mailed spoken
  -- Contact: what may be passed on, by which words, since when.
  consent TEXT NOT NULL DEFAULT '',        -- version of the words
  consent_at INTEGER NOT NULL DEFAULT 0,   -- 0: there is none, or it was withdrawn
  withdrawn_at INTEGER NOT NULL DEFAULT 0,
  writes TEXT NOT NULL DEFAULT '',         -- who contacts whom: organisation person
  contact_at INTEGER NOT NULL DEFAULT 0,   -- when data were passed on, or the person took it up
  reminded_at INTEGER NOT NULL DEFAULT 0,
  answered_at INTEGER NOT NULL DEFAULT 0,  -- the organisation's first answer
  answer TEXT NOT NULL DEFAULT '',         -- its sentence
  -- Meeting.
  meets_on TEXT NOT NULL DEFAULT '',
  meets_at TEXT NOT NULL DEFAULT '',       -- time of day, as it was typed
  meets_place TEXT NOT NULL DEFAULT '',
  meets_with TEXT NOT NULL DEFAULT '',
  -- Commission by the organisation: the accident cover hinges on it.
  commissioned_on TEXT NOT NULL DEFAULT '',
  commissioned_by TEXT NOT NULL DEFAULT '',
  supervisor TEXT NOT NULL DEFAULT '',
  scope TEXT NOT NULL DEFAULT '',
  -- Trial.
  trial_from TEXT NOT NULL DEFAULT '',
  trial_to TEXT NOT NULL DEFAULT '',
  -- Placed.
  starts_on TEXT NOT NULL DEFAULT '',
  hours_week INTEGER NOT NULL DEFAULT 0,   -- tenths of an hour
  ends_on TEXT NOT NULL DEFAULT '',        -- where it is limited
  expenses TEXT NOT NULL DEFAULT '',
  checked TEXT NOT NULL DEFAULT '',        -- section 72a SGB VIII: inspected not_needed exempt
  checked_why TEXT NOT NULL DEFAULT '',    -- the reasons of an exemption
  placed_at INTEGER NOT NULL DEFAULT 0,
  followed INTEGER NOT NULL DEFAULT 0,     -- how many follow-ups
  -- The waiting list of a full offer.
  waiting_since INTEGER NOT NULL DEFAULT 0,
  moved_up_at INTEGER NOT NULL DEFAULT 0,  -- a place was free, and this was next
  -- Over.
  closed_at INTEGER NOT NULL DEFAULT 0,
  ended_on TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  erased_at INTEGER NOT NULL DEFAULT 0     -- what was said about the person is gone
);
-- Nobody has two at once for one offer.
CREATE UNIQUE INDEX placement_open ON placement (person_id, opportunity_id) WHERE closed_at = 0;
CREATE INDEX placement_state ON placement (city_id, state, changed_at);
CREATE INDEX placement_person ON placement (person_id);
CREATE INDEX placement_offer ON placement (opportunity_id, state);

-- What both sides say of it, each time that they are asked. Rows are only added, and go with the
-- person when records are merged.
CREATE TABLE placement_feedback (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  placement_id INTEGER NOT NULL REFERENCES placement (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  side TEXT NOT NULL,                      -- person organisation
  way TEXT NOT NULL,                       -- link office
  rating INTEGER NOT NULL,                 -- 1 … 5
  sentence TEXT NOT NULL
);
CREATE INDEX placement_feedback_of ON placement_feedback (placement_id, at);
