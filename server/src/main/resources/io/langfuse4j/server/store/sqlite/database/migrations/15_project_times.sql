-- // project times
-- When a project was made through the API and last changed. Of those that are there already the
-- oldest key tells.

ALTER TABLE project ADD COLUMN created_at INTEGER;
ALTER TABLE project ADD COLUMN updated_at INTEGER;

UPDATE project
SET created_at = coalesce(
  (SELECT min(k.created_at) FROM api_key k WHERE k.project = project.pk),
  CAST(strftime('%s', 'now') AS INTEGER) * 1000
)
WHERE name IS NOT NULL;

UPDATE project SET updated_at = created_at;

PRAGMA user_version = 15;

-- //@UNDO
ALTER TABLE project DROP COLUMN updated_at;
ALTER TABLE project DROP COLUMN created_at;
PRAGMA user_version = 14;
