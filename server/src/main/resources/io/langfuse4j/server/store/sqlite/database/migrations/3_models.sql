-- // models
-- Models that projects define, and by which model and tier each observation was priced.
-- inferred: 1 if the usage was counted here, 2 if the cost was computed here, 3 for both;
-- what the sender gave is needed again when the observation changes.

CREATE TABLE model (
  pk INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (pk),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  definition TEXT NOT NULL
);

CREATE UNIQUE INDEX model_by_id ON model (project, id);
CREATE UNIQUE INDEX model_by_name ON model (project, name);

ALTER TABLE observation ADD COLUMN model_id TEXT;
ALTER TABLE observation ADD COLUMN tier_id TEXT;
ALTER TABLE observation ADD COLUMN tier_name TEXT;
ALTER TABLE observation ADD COLUMN inferred INTEGER NOT NULL DEFAULT 0;

PRAGMA user_version = 3;

-- //@UNDO
DROP TABLE model;
ALTER TABLE observation DROP COLUMN model_id;
ALTER TABLE observation DROP COLUMN tier_id;
ALTER TABLE observation DROP COLUMN tier_name;
ALTER TABLE observation DROP COLUMN inferred;
PRAGMA user_version = 2;
