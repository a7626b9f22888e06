-- // media and annotation
-- Files lie beside the database, named by the hash of what is in them; the rows say which project
-- has uploaded which. Comments and queues hold only references.

CREATE TABLE media (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content_type TEXT NOT NULL,
  content_length INTEGER NOT NULL,
  uploaded_at INTEGER,
  created_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX media_by_id ON media (id, project);

CREATE TABLE media_use (
  media INTEGER NOT NULL REFERENCES media (pk),
  field TEXT NOT NULL,
  trace_id TEXT NOT NULL DEFAULT '',
  observation_id TEXT NOT NULL DEFAULT '',
  dataset_item_id TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (media, field, trace_id, observation_id, dataset_item_id)
) WITHOUT ROWID;

CREATE TABLE comment (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  id TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  content TEXT NOT NULL,
  author_user_id TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX comment_by_id ON comment (id, project);
CREATE INDEX comment_by_object ON comment (project, object_type, object_id, created_at);

CREATE TABLE annotation_queue (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  score_config_ids TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX annotation_queue_by_id ON annotation_queue (id, project);
CREATE UNIQUE INDEX annotation_queue_by_name ON annotation_queue (project, name);

CREATE TABLE annotation_queue_item (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  queue_id TEXT NOT NULL,
  id TEXT NOT NULL,
  object_id TEXT NOT NULL,
  object_type TEXT NOT NULL,
  status TEXT NOT NULL,
  completed_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX annotation_queue_item_by_id ON annotation_queue_item (id, project);
CREATE INDEX annotation_queue_item_by_queue
  ON annotation_queue_item (project, queue_id, created_at);

PRAGMA user_version = 12;

-- //@UNDO
DROP TABLE annotation_queue_item;
DROP TABLE annotation_queue;
DROP TABLE comment;
DROP TABLE media_use;
DROP TABLE media;
PRAGMA user_version = 11;
