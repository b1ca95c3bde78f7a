-- SPDX-License-Identifier: EUPL-1.2
-- Signing in by a provider of OpenID Connect.

-- Whom the provider knows by which name: issuer and subject together are the person, for good.
CREATE TABLE account_identity (
  id INTEGER NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  bound_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  UNIQUE (issuer, subject),
  UNIQUE (account_id, issuer)
);

-- Answers that have been used, so that none works twice. They say nothing about anybody.
CREATE TABLE account_answer (
  id INTEGER NOT NULL PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,           -- SHA-256 of the `state`
  expires_at INTEGER NOT NULL
);
