-- // projects
-- Projects made through the API have a name; the one of the settings, and those that only data
-- speaks of, have none. Of a key's secret only the hash is kept.

ALTER TABLE project ADD COLUMN name TEXT;
ALTER TABLE project ADD COLUMN metadata TEXT;

CREATE TABLE api_key (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  id TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL UNIQUE,
  secret_hash TEXT NOT NULL UNIQUE,
  display_secret_key TEXT NOT NULL,
  note TEXT,
  created_at INTEGER NOT NULL
);

CREATE INDEX api_key_by_project ON api_key (project);

PRAGMA user_version = 13;

-- //@UNDO
DROP TABLE api_key;
ALTER TABLE project DROP COLUMN metadata;
ALTER TABLE project DROP COLUMN name;
PRAGMA user_version = 12;
