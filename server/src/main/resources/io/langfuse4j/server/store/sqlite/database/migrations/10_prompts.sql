-- // prompts
-- A row per version. Labels and tags are JSON lists: names have few versions. What a version is
-- composed of is kept apart, because it must not be deleted under it.

CREATE TABLE prompt (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  content BLOB NOT NULL,
  config TEXT NOT NULL,
  labels TEXT NOT NULL,
  tags TEXT NOT NULL,
  commit_message TEXT,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX prompt_by_name ON prompt (project, name, version);

CREATE TABLE prompt_use (
  prompt INTEGER NOT NULL REFERENCES prompt (pk),
  project INTEGER NOT NULL,
  name TEXT NOT NULL,
  version INTEGER,
  label TEXT
);

CREATE INDEX prompt_use_by_prompt ON prompt_use (prompt);
CREATE INDEX prompt_use_by_name ON prompt_use (project, name);

PRAGMA user_version = 10;

-- //@UNDO
DROP TABLE prompt_use;
DROP TABLE prompt;
PRAGMA user_version = 3;
