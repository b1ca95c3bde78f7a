-- SPDX-License-Identifier: EUPL-1.2
-- The guide: articles in versions, each in several languages, and dated amounts.

CREATE TABLE guide_article (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  slug TEXT NOT NULL,                     -- its address, never changed
  source TEXT NOT NULL DEFAULT '',        -- shared: came with Tandem; '': the town's own
  shared_hash TEXT NOT NULL DEFAULT '',   -- of the shared text that was taken over last
  edited INTEGER NOT NULL DEFAULT 0,      -- 1: a shared text that the town has made its own
  topic TEXT NOT NULL,                    -- web/vocab.h
  office_id INTEGER REFERENCES office (id), -- who answers for it
  state TEXT NOT NULL,                    -- draft published archived
  latest INTEGER NOT NULL DEFAULT 0,      -- number of the newest version
  published INTEGER NOT NULL DEFAULT 0,   -- number of the version that the public sees; 0: none
  reviewed_on TEXT NOT NULL DEFAULT '',   -- day on which the office last checked it
  review_due TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  UNIQUE (city_id, slug)
);
CREATE INDEX guide_article_list ON guide_article (city_id, state, topic);

-- What an article said at one time: append-only.
CREATE TABLE guide_version (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  article_id INTEGER NOT NULL REFERENCES guide_article (id),
  number INTEGER NOT NULL,
  event TEXT NOT NULL,                    -- shared edited restored
  note TEXT NOT NULL DEFAULT '',          -- what was changed and why
  stated_on TEXT NOT NULL,                -- day as of which it is written
  sources TEXT NOT NULL DEFAULT '',       -- lines "title | address | day read"
  amounts INTEGER NOT NULL DEFAULT 0,     -- 1: shows the dated amounts
  at INTEGER NOT NULL,
  account_id INTEGER NOT NULL,            -- 0: came with Tandem, or somebody who has left
  UNIQUE (article_id, number)
);

CREATE TABLE guide_text (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  version_id INTEGER NOT NULL REFERENCES guide_version (id),
  lang TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  body_md TEXT NOT NULL,
  title_words TEXT NOT NULL,              -- stems for searching, computed in C
  words TEXT NOT NULL,
  UNIQUE (version_id, lang)
);

-- Amounts that the law sets, with the time for which they hold and where they are written.
CREATE TABLE guide_amount (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  ref TEXT NOT NULL,                      -- rows of one ref are one line of the table
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  label_simple TEXT NOT NULL DEFAULT '',
  label_en TEXT NOT NULL DEFAULT '',
  cents INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL DEFAULT '',   -- empty: until somebody changes it
  law TEXT NOT NULL,
  web TEXT NOT NULL DEFAULT '',
  UNIQUE (city_id, ref, valid_from)
);
