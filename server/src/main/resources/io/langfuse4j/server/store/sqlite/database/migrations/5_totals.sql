-- // totals
-- How much a project holds without counting it, and its traces with errors.

ALTER TABLE project ADD COLUMN traces INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN observations INTEGER NOT NULL DEFAULT 0;

UPDATE project SET
  traces = (SELECT count(*) FROM trace t WHERE t.project = project.pk),
  observations = (SELECT count(*) FROM observation o WHERE o.project = project.pk);

CREATE INDEX trace_by_error ON trace (project, timestamp, id) WHERE errors > 0;

PRAGMA user_version = 5;

-- //@UNDO
DROP INDEX trace_by_error;
ALTER TABLE project DROP COLUMN traces;
ALTER TABLE project DROP COLUMN observations;
PRAGMA user_version = 4;
