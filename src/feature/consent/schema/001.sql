-- SPDX-License-Identifier: EUPL-1.2
-- Consents: who agreed to which words, when, for what. Append-only but for the time of withdrawal.

-- Each wording that was ever shown, once.
CREATE TABLE consent_text (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  hash TEXT NOT NULL,                  -- SHA-256 of language and words
  purpose TEXT NOT NULL,
  lang TEXT NOT NULL,
  words TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  UNIQUE (city_id, hash)
);

CREATE TABLE consent (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  purpose TEXT NOT NULL,               -- interest, subscription
  subject_id INTEGER NOT NULL,         -- the record of that purpose
  whom TEXT NOT NULL,                  -- HMAC of the address: proves, does not tell
  text_hash TEXT NOT NULL,
  channel TEXT NOT NULL,               -- web
  given_at INTEGER NOT NULL,
  confirmed_at INTEGER NOT NULL DEFAULT 0, -- by the mailed link
  withdrawn_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX consent_subject ON consent (city_id, purpose, subject_id);
CREATE INDEX consent_whom ON consent (whom);
