-- SPDX-License-Identifier: EUPL-1.2
-- A case that was handed over waits until the other office accepts or declines it.

ALTER TABLE advice ADD COLUMN handed_at INTEGER NOT NULL DEFAULT 0; -- 0: it waits for nobody
ALTER TABLE advice ADD COLUMN handed_by INTEGER NOT NULL DEFAULT 0; -- who goes on if it is declined
ALTER TABLE advice ADD COLUMN handed_from INTEGER REFERENCES office (id); -- and where
