-- SPDX-License-Identifier: EUPL-1.2
-- Files that the office takes in, and the lists that it knows.

-- name: import_file_insert :run
INSERT INTO import_file (id, city_id, account_id, name, kind, format, state, list, mapping, bytes,
                         size, created_at)
VALUES (:id, :city, :account, :name, :kind, :format, :state, :list, :mapping, :bytes, :size, :at);

-- name: import_file_get :row import_file_row
SELECT id, account_id, name, kind, format, state, list, mapping, overwrite, size, imported, updated,
       unchanged, failed, kept, created_at, applied_at
  FROM import_file WHERE city_id = :city AND id = :id;

-- name: import_file_bytes :row import_bytes
SELECT bytes FROM import_file WHERE city_id = :city AND id = :id;

-- name: import_file_list :rows import_file_card
SELECT id, name, state, size, imported, updated, created_at, applied_at
  FROM import_file WHERE city_id = :city ORDER BY id DESC LIMIT 20;

-- name: import_file_checked :run
-- What a trial told. Nothing when somebody has applied it meanwhile.
UPDATE import_file SET state = 'checked', list = :list, mapping = :mapping, overwrite = :overwrite,
       imported = :imported, updated = :updated, unchanged = :unchanged, failed = :failed,
       kept = :kept
 WHERE city_id = :city AND id = :id AND state <> 'applied';

-- name: import_file_applied :run
-- Once: of two who press at the same time one finds nothing left to do. The file itself goes.
UPDATE import_file SET state = 'applied', bytes = :nothing, imported = :imported,
       updated = :updated, unchanged = :unchanged, failed = :failed, kept = :kept, applied_at = :at
 WHERE city_id = :city AND id = :id AND state = 'checked';

-- name: import_file_delete :run
DELETE FROM import_file WHERE city_id = :city AND id = :id;

-- name: import_file_old :rows import_file_key
-- cross-city: one job for all towns
SELECT id, city_id FROM import_file WHERE created_at < :before ORDER BY id LIMIT 1000;

-- name: import_file_of :rows import_file_key
-- cross-city: of a person who leaves
SELECT id, city_id FROM import_file WHERE account_id = :account ORDER BY id;

-- name: import_line_insert :run
INSERT INTO import_line (id, city_id, file_id, line, refused, text)
VALUES (:id, :city, :file, :line, :refused, :text);

-- name: import_lines :rows import_line_row
SELECT line, refused, text FROM import_line WHERE city_id = :city AND file_id = :file
 ORDER BY refused DESC, id LIMIT 5100;

-- name: import_lines_delete :run
DELETE FROM import_line WHERE city_id = :city AND file_id = :file;

-- name: import_first_insert :run
INSERT INTO import_first (id, city_id, file_id, line, outcome, title, organisation, summary, place)
VALUES (:id, :city, :file, :line, :outcome, :title, :organisation, :summary, :place);

-- name: import_first_rows :rows import_first_row
SELECT line, outcome, title, organisation, summary, place
  FROM import_first WHERE city_id = :city AND file_id = :file ORDER BY id;

-- name: import_first_delete :run
DELETE FROM import_first WHERE city_id = :city AND file_id = :file;

-- name: import_list_save :run
INSERT INTO import_list (id, city_id, name, source, mapping, changed_at)
VALUES (:id, :city, :name, :source, :mapping, :at)
    ON CONFLICT (city_id, source) DO UPDATE SET name = excluded.name, mapping = excluded.mapping,
       changed_at = excluded.changed_at;

-- name: import_list_all :rows import_list_row
SELECT id, name, source, mapping, changed_at FROM import_list WHERE city_id = :city
 ORDER BY changed_at DESC, id LIMIT 200;

-- name: import_list_delete :run
DELETE FROM import_list WHERE city_id = :city AND id = :id;
