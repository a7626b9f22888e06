-- // traces and observations
-- Lists read only the narrow tables; content is kept apart and compressed. Times are
-- milliseconds since 1970. A search index or roll-ups added later refer to pk values.

CREATE TABLE changelog (
  ID NUMERIC(20, 0) NOT NULL,
  APPLIED_AT VARCHAR(25) NOT NULL,
  DESCRIPTION VARCHAR(255) NOT NULL,
  PRIMARY KEY (ID)
);

CREATE TABLE project (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
);

CREATE TABLE trace (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  id TEXT NOT NULL,
  origin INTEGER NOT NULL,
  timestamp INTEGER NOT NULL,
  name TEXT,
  user_id TEXT,
  session_id TEXT,
  environment TEXT NOT NULL,
  release TEXT,
  version TEXT,
  public INTEGER NOT NULL DEFAULT 0,
  bookmarked INTEGER NOT NULL DEFAULT 0,
  tags TEXT NOT NULL DEFAULT '[]',
  models TEXT NOT NULL DEFAULT '[]',
  types TEXT NOT NULL DEFAULT '[]',
  observations INTEGER NOT NULL DEFAULT 0,
  errors INTEGER NOT NULL DEFAULT 0,
  warnings INTEGER NOT NULL DEFAULT 0,
  defaults INTEGER NOT NULL DEFAULT 0,
  debugs INTEGER NOT NULL DEFAULT 0,
  roots INTEGER NOT NULL DEFAULT 0,
  unfinished INTEGER NOT NULL DEFAULT 0,
  first_start INTEGER,
  last_start INTEGER,
  last_end INTEGER,
  input_tokens INTEGER,
  output_tokens INTEGER,
  total_tokens INTEGER,
  input_cost REAL,
  output_cost REAL,
  total_cost REAL,
  input_preview TEXT,
  output_preview TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX trace_by_id ON trace (id, project);
CREATE INDEX trace_by_time ON trace (project, timestamp, id);
CREATE INDEX trace_by_name ON trace (project, name, timestamp);
CREATE INDEX trace_by_user ON trace (project, user_id, timestamp) WHERE user_id IS NOT NULL;
CREATE INDEX trace_by_session ON trace (project, session_id, timestamp) WHERE session_id IS NOT NULL;

CREATE TABLE trace_content (
  trace INTEGER PRIMARY KEY REFERENCES trace (pk),
  input BLOB,
  output BLOB,
  metadata BLOB
);

-- Values that a trace has several of: tag, model, type.
CREATE TABLE trace_term (
  project INTEGER NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  trace INTEGER NOT NULL REFERENCES trace (pk),
  PRIMARY KEY (project, kind, value, trace)
) WITHOUT ROWID;

CREATE INDEX trace_term_by_trace ON trace_term (trace);

CREATE TABLE observation (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  trace INTEGER NOT NULL REFERENCES trace (pk),
  id TEXT NOT NULL,
  parent_id TEXT,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  start_time INTEGER NOT NULL,
  end_time INTEGER,
  completion_start_time INTEGER,
  level TEXT NOT NULL,
  status_message TEXT,
  environment TEXT NOT NULL,
  version TEXT,
  release TEXT,
  model TEXT,
  model_parameters TEXT NOT NULL,
  usage TEXT NOT NULL,
  cost TEXT NOT NULL,
  input_tokens INTEGER,
  output_tokens INTEGER,
  total_tokens INTEGER,
  input_cost REAL,
  output_cost REAL,
  total_cost REAL,
  prompt_name TEXT,
  prompt_version INTEGER,
  trace_name TEXT,
  user_id TEXT,
  session_id TEXT,
  tags TEXT NOT NULL,
  public INTEGER,
  root INTEGER NOT NULL,
  app_root INTEGER NOT NULL,
  input_bytes INTEGER NOT NULL,
  output_bytes INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX observation_by_id ON observation (id, trace);
CREATE INDEX observation_by_trace ON observation (trace, start_time);
CREATE INDEX observation_by_time ON observation (project, start_time);
CREATE INDEX observation_by_name ON observation (project, name, start_time);
CREATE INDEX observation_by_type ON observation (project, type, start_time);
CREATE INDEX observation_by_level ON observation (project, level, start_time);

CREATE TABLE observation_content (
  observation INTEGER PRIMARY KEY REFERENCES observation (pk),
  input BLOB,
  output BLOB,
  details BLOB
);

PRAGMA user_version = 1;

-- //@UNDO
DROP TABLE observation_content;
DROP TABLE observation;
DROP TABLE trace_term;
DROP TABLE trace_content;
DROP TABLE trace;
DROP TABLE project;
PRAGMA user_version = 0;
