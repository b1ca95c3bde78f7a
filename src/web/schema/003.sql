-- SPDX-License-Identifier: EUPL-1.2
-- How lately a session has proven who it is, how long it may rest, and the second step of
-- signing in.

ALTER TABLE session ADD COLUMN proven_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN idle INTEGER NOT NULL DEFAULT 1800; -- seconds without a request

-- From this instant on, whoever signs in to work in the office needs a second step; 0: nobody.
ALTER TABLE city ADD COLUMN second_step_from INTEGER NOT NULL DEFAULT 0;

-- The second step of an account: codes of an app (RFC 6238).
CREATE TABLE account_totp (
  account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
  secret TEXT NOT NULL,        -- sealed with the installation's secret, and tied to the account
  last_step INTEGER NOT NULL,  -- of the newest code that was taken: older ones are refused
  since INTEGER NOT NULL
);
