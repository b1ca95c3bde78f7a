-- SPDX-License-Identifier: EUPL-1.2
-- Saved searches: somebody is written to when there are new offers. A row goes soon after the
-- person has left it; what remains is the consent ledger.

CREATE TABLE alert (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  state TEXT NOT NULL,                 -- unconfirmed active ended
  mail TEXT NOT NULL,
  lang TEXT NOT NULL,                  -- in which the person is written to
  query TEXT NOT NULL,                 -- parameters of the list of offers: "q=vorlesen&field=…"
  every TEXT NOT NULL,                 -- daily weekly
  due_on TEXT NOT NULL DEFAULT '',     -- German day on which we look next
  seen_at INTEGER NOT NULL DEFAULT 0,  -- offers that came before have been told
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
);
CREATE INDEX alert_due ON alert (state, due_on);
CREATE INDEX alert_mail ON alert (mail);
