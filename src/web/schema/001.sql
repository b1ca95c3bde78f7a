-- SPDX-License-Identifier: EUPL-1.2
-- The tables that every feature stands on: towns, accounts, sessions, mail, jobs, audit.

-- A town (the tenant). Its pages, offices and districts belong to the feature `city`.
CREATE TABLE city (
  id INTEGER NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  long_name TEXT NOT NULL DEFAULT '',  -- "Hansestadt Lübeck"; empty: the name
  kind TEXT NOT NULL,                  -- stadt, gemeinde, landkreis
  ags TEXT NOT NULL UNIQUE,
  land TEXT NOT NULL,
  domain TEXT NOT NULL DEFAULT '',
  mail TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  colour TEXT NOT NULL DEFAULT '',
  accent TEXT NOT NULL DEFAULT '',
  logo TEXT NOT NULL DEFAULT '',
  lat REAL NOT NULL,
  lon REAL NOT NULL,
  langs TEXT NOT NULL DEFAULT 'de de-simple en',
  lang TEXT NOT NULL DEFAULT 'de',
  tiles TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
);

CREATE TABLE city_district (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  name TEXT NOT NULL,
  lat REAL NOT NULL,
  lon REAL NOT NULL,
  UNIQUE (city_id, name)
);

-- A town's own wording of a text (web/text.h looks here first).
CREATE TABLE city_text (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  lang TEXT NOT NULL,
  msg TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (city_id, lang, msg)
);

-- Somebody who can sign in. One account may hold roles in several towns.
CREATE TABLE account (
  id INTEGER NOT NULL PRIMARY KEY,
  mail TEXT NOT NULL UNIQUE,          -- folded to lower case
  name TEXT NOT NULL,
  password TEXT NOT NULL DEFAULT '',  -- argon2id as PHC string; empty: by mailed link only
  lang TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE account_role (
  id INTEGER NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  city_id INTEGER NOT NULL REFERENCES city (id),
  role TEXT NOT NULL,
  scope_id INTEGER NOT NULL DEFAULT 0, -- office or organisation; 0 for the town
  granted_at INTEGER NOT NULL,
  UNIQUE (account_id, city_id, role, scope_id)
);

CREATE TABLE session (
  id INTEGER NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  token_hash TEXT NOT NULL UNIQUE,     -- SHA-256 of the cookie, hex
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  device TEXT NOT NULL DEFAULT ''      -- "Firefox, Linux": for the list of own sessions
);
CREATE INDEX session_account ON session (account_id);

-- A mailed link: GET shows, POST acts. Only the token's hash is kept.
CREATE TABLE link (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  token_hash TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL,               -- "sign_in", …
  subject_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL DEFAULT 0
);

-- The outbox. A mail is queued in the transaction that causes it.
CREATE TABLE mail (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body_text TEXT NOT NULL,
  body_html TEXT NOT NULL,
  dedupe TEXT NOT NULL UNIQUE,         -- the same notice is never queued twice
  created_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  sent_at INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX mail_due ON mail (sent_at, next_at);

CREATE TABLE job_state (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  started_at INTEGER NOT NULL DEFAULT 0,
  finished_at INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  result TEXT NOT NULL DEFAULT ''
);

-- The audit trail: append-only, each row bound to the one before by a hash.
CREATE TABLE audit (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,                 -- HMAC of the account under its own key, or "system"
  action TEXT NOT NULL,                -- "opportunity.publish"
  object_id INTEGER NOT NULL,
  detail TEXT NOT NULL DEFAULT '',     -- names of fields, never their values
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
);
CREATE INDEX audit_object ON audit (city_id, object_id);

-- The key that makes an account recognisable in the audit trail; erased with the person.
CREATE TABLE audit_key (
  account_id INTEGER NOT NULL PRIMARY KEY,
  key TEXT NOT NULL
);
