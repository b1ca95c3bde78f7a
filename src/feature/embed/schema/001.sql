-- SPDX-License-Identifier: EUPL-1.2
-- Sites that show the town's offers in a frame: which, what of them, in which colours.

CREATE TABLE embed_partner (
  id INTEGER NOT NULL PRIMARY KEY,     -- also the key in the frame's address; it is no secret
  city_id INTEGER NOT NULL REFERENCES city (id),
  state TEXT NOT NULL,                 -- active paused ended
  name TEXT NOT NULL,
  origins TEXT NOT NULL,               -- "https://a.example https://b.example:8443"
  query TEXT NOT NULL,                 -- filters of the list /angebote; empty: all offers
  per INTEGER NOT NULL,                -- offers on a page
  shows TEXT NOT NULL,                 -- list map both
  accent TEXT NOT NULL,                -- #rrggbb: links and markers
  ink TEXT NOT NULL,
  ground TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
);
CREATE INDEX embed_partner_city ON embed_partner (city_id, name);
