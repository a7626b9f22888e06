-- // datasets
-- An item has a row per version of it: the one without valid_to is the present one, and a deleted
-- item ends with a row that says so.

CREATE TABLE dataset (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  metadata TEXT,
  input_schema TEXT,
  expected_output_schema TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX dataset_by_name ON dataset (project, name);
CREATE UNIQUE INDEX dataset_by_id ON dataset (id, project);

CREATE TABLE dataset_item (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  dataset INTEGER NOT NULL REFERENCES dataset (pk),
  id TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  valid_to INTEGER,
  deleted INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL,
  source_trace_id TEXT,
  source_observation_id TEXT,
  input BLOB,
  expected_output BLOB,
  metadata BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX dataset_item_by_id ON dataset_item (id, project, valid_from);
CREATE INDEX dataset_item_by_dataset ON dataset_item (dataset, created_at, id);
CREATE INDEX dataset_item_by_time ON dataset_item (project, created_at, id);

CREATE TABLE dataset_run (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  dataset INTEGER NOT NULL REFERENCES dataset (pk),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  metadata TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX dataset_run_by_name ON dataset_run (dataset, name);

CREATE TABLE dataset_run_item (
  pk INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES dataset_run (pk),
  id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  observation_id TEXT,
  created_at INTEGER NOT NULL
);

CREATE INDEX dataset_run_item_by_run ON dataset_run_item (run, created_at, pk);

-- The first observation of each item of an experiment, as the newer SDKs mark them.
CREATE TABLE experiment_item (
  observation INTEGER PRIMARY KEY REFERENCES observation (pk),
  project INTEGER NOT NULL,
  experiment_id TEXT NOT NULL,
  experiment_name TEXT,
  dataset_id TEXT,
  item_id TEXT NOT NULL,
  start_time INTEGER NOT NULL
);

CREATE INDEX experiment_item_by_experiment
  ON experiment_item (project, experiment_id, start_time);
CREATE INDEX experiment_item_by_time ON experiment_item (project, start_time);

PRAGMA user_version = 11;

-- //@UNDO
DROP TABLE experiment_item;
DROP TABLE dataset_run_item;
DROP TABLE dataset_run;
DROP TABLE dataset_item;
DROP TABLE dataset;
PRAGMA user_version = 10;
