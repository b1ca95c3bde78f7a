-- SPDX-License-Identifier: EUPL-1.2
-- Company engagement (Unternehmensengagement): companies, what they offer and what organisations
-- need, and what the office brings together of it. Codes: web/vocab.h.

CREATE TABLE company (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  state TEXT NOT NULL,                     -- waiting (entered by the web), active, closed
  name TEXT NOT NULL,
  search TEXT NOT NULL,                    -- folded name, contact and district, computed in C
  contact_name TEXT NOT NULL DEFAULT '',
  mail TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  district TEXT NOT NULL DEFAULT '',
  about TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  erased_at INTEGER NOT NULL DEFAULT 0     -- the contact is gone
);
CREATE INDEX company_list ON company (city_id, state, name);
CREATE INDEX company_mail ON company (mail);

-- What a company offers or an organisation needs: of one of the two.
CREATE TABLE company_item (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  company_id INTEGER REFERENCES company (id),
  organisation_id INTEGER REFERENCES organisation (id),
  state TEXT NOT NULL,                     -- open closed
  kind TEXT NOT NULL,                      -- team_day time know_how goods
  title TEXT NOT NULL,
  search TEXT NOT NULL,
  details TEXT NOT NULL DEFAULT '',
  people INTEGER NOT NULL DEFAULT 0,       -- how many come, or for how many there is room; 0: open
  hours INTEGER NOT NULL DEFAULT 0,        -- on the day; 0: open
  starts_on TEXT NOT NULL DEFAULT '',      -- the days that are possible; empty: open
  ends_on TEXT NOT NULL DEFAULT '',
  setting TEXT NOT NULL DEFAULT '',        -- indoors outdoors either
  district TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
);
CREATE INDEX company_item_list ON company_item (city_id, state, kind);
CREATE INDEX company_item_company ON company_item (company_id);
CREATE INDEX company_item_organisation ON company_item (organisation_id);

-- An offer and a need, brought together by the office.
CREATE TABLE company_match (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  offer_id INTEGER NOT NULL REFERENCES company_item (id),
  need_id INTEGER NOT NULL REFERENCES company_item (id),
  company_id INTEGER NOT NULL REFERENCES company (id),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  state TEXT NOT NULL,                     -- match.c
  company_yes_at INTEGER NOT NULL DEFAULT 0,
  organisation_yes_at INTEGER NOT NULL DEFAULT 0,
  passed_at INTEGER NOT NULL DEFAULT 0,    -- when the office passed contacts on
  done_on TEXT NOT NULL DEFAULT '',
  people INTEGER NOT NULL DEFAULT 0,       -- who came
  rating_company INTEGER NOT NULL DEFAULT 0,      -- 1 … 5, once each
  rating_organisation INTEGER NOT NULL DEFAULT 0,
  said_company TEXT NOT NULL DEFAULT '',
  said_organisation TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL DEFAULT 0,
  erased_at INTEGER NOT NULL DEFAULT 0     -- what was said is gone
);
-- The same two are brought together once at a time.
CREATE UNIQUE INDEX company_match_open ON company_match (offer_id, need_id) WHERE closed_at = 0;
CREATE INDEX company_match_state ON company_match (city_id, state, changed_at);
CREATE INDEX company_match_done ON company_match (city_id, done_on);
CREATE INDEX company_match_need ON company_match (need_id);
