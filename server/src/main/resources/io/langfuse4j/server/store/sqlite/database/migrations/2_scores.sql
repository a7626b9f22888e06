-- // scores
-- A score names its trace by id, because it may arrive first.

CREATE TABLE score (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  id TEXT NOT NULL,
  trace_id TEXT,
  observation_id TEXT,
  session_id TEXT,
  dataset_run_id TEXT,
  name TEXT NOT NULL,
  data_type TEXT NOT NULL,
  value REAL,
  string_value TEXT,
  source TEXT NOT NULL,
  author_user_id TEXT,
  comment TEXT,
  metadata BLOB,
  config_id TEXT,
  queue_id TEXT,
  environment TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX score_by_id ON score (id, project);
CREATE INDEX score_by_trace ON score (trace_id, project) WHERE trace_id IS NOT NULL;
CREATE INDEX score_by_session ON score (session_id, project) WHERE session_id IS NOT NULL;
CREATE INDEX score_by_time ON score (project, timestamp, id);
CREATE INDEX score_by_name ON score (project, name, timestamp);

CREATE TABLE score_config (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  data_type TEXT NOT NULL,
  archived INTEGER NOT NULL,
  description TEXT,
  min_value REAL,
  max_value REAL,
  categories TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX score_config_by_id ON score_config (id, project);
CREATE INDEX score_config_by_time ON score_config (project, created_at, id);

PRAGMA user_version = 2;

-- //@UNDO
DROP TABLE score_config;
DROP TABLE score;
PRAGMA user_version = 1;
