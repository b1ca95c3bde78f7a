-- SPDX-License-Identifier: EUPL-1.2
-- Somebody of an organisation invites somebody else: gone when it is taken, withdrawn or too old.

CREATE TABLE organisation_invite (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  mail TEXT NOT NULL,
  role TEXT NOT NULL,                  -- organisation_manager, organisation_member
  created_at INTEGER NOT NULL
);
CREATE INDEX organisation_invite_of ON organisation_invite (organisation_id);
