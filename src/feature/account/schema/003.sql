-- SPDX-License-Identifier: EUPL-1.2
-- Not only accounts stay away after a restore: the web layer keeps the list from now on.

INSERT INTO erased (hash, erased_at) SELECT hash, erased_at FROM account_erased;
DROP TABLE account_erased;
