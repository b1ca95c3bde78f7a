-- SPDX-License-Identifier: EUPL-1.2
-- "I am interested": somebody without account writes to the contact of an offer, through Tandem.
-- Rows go when their time is over (interest.care); what remains is the consent ledger.

CREATE TABLE interest (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  opportunity_id INTEGER NOT NULL REFERENCES opportunity (id),
  state TEXT NOT NULL,                 -- unconfirmed sent talk full declined withdrawn
  name TEXT NOT NULL,
  mail TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL,
  lang TEXT NOT NULL,                  -- in which the person is written to
  answer TEXT NOT NULL DEFAULT '',     -- a sentence of the contact
  created_at INTEGER NOT NULL,
  sent_at INTEGER NOT NULL DEFAULT 0,  -- confirmed by the mailed link, and passed on
  changed_at INTEGER NOT NULL
);
CREATE INDEX interest_offer ON interest (opportunity_id);
CREATE INDEX interest_state ON interest (state, changed_at);
CREATE INDEX interest_mail ON interest (mail);

-- What happened, append-only; goes with its interest.
CREATE TABLE interest_event (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  interest_id INTEGER NOT NULL REFERENCES interest (id),
  at INTEGER NOT NULL,
  by_whom TEXT NOT NULL,               -- citizen, contact, program
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL
);
CREATE INDEX interest_event_of ON interest_event (interest_id, at);
