-- SPDX-License-Identifier: EUPL-1.2
-- What a mail says besides its text: to whom an answer goes, where one leaves a list (RFC 8058).

ALTER TABLE mail ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';
ALTER TABLE mail ADD COLUMN leave_at TEXT NOT NULL DEFAULT '';
