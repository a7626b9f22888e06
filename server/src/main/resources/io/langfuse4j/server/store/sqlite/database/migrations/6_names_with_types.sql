-- // names with types
-- Generations of one name are the most asked for: both are then found in the index.

DROP INDEX observation_by_name;
CREATE INDEX observation_by_name ON observation (project, name, start_time, type);

PRAGMA user_version = 6;

-- //@UNDO
DROP INDEX observation_by_name;
CREATE INDEX observation_by_name ON observation (project, name, start_time);
PRAGMA user_version = 5;
