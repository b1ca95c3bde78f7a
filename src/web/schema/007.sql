-- SPDX-License-Identifier: EUPL-1.2
-- By which way a session came in (enum session_way in session.h): 0 a mailed link or a password,
-- 1 a provider of OpenID Connect, 2 the same with its second step.

ALTER TABLE session ADD COLUMN way INTEGER NOT NULL DEFAULT 0;
