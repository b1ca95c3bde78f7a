-- SPDX-License-Identifier: EUPL-1.2
-- Beside the tables of the web layer (account, account_role, account_totp, session, link): what
-- only this feature looks at.

-- Codes on paper, for who has lost the app. Each works once.
CREATE TABLE account_recovery (
  id INTEGER NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  hash TEXT NOT NULL,                  -- HMAC under the installation's secret
  used_at INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account_id, hash)
);

-- A code that has been mailed so that this session may show who it is.
CREATE TABLE account_code (
  session_id INTEGER NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  hash TEXT NOT NULL,                  -- HMAC under the installation's secret
  expires_at INTEGER NOT NULL
);

-- A new mail address: wished, confirmed from the new mailbox, undone from the old one.
CREATE TABLE account_mail_change (
  id INTEGER NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  old_mail TEXT NOT NULL,
  new_mail TEXT NOT NULL,
  wished_at INTEGER NOT NULL,
  confirmed_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX account_mail_change_account ON account_mail_change (account_id);
