-- Servers ask one another, through the tables, what has changed within the last seconds. Old parts
-- have old revisions only and are passed over.
ALTER TABLE {table observations} {on cluster}
  ADD INDEX IF NOT EXISTS by_revision revision TYPE minmax GRANULARITY 1;

ALTER TABLE {table scores} {on cluster}
  ADD INDEX IF NOT EXISTS by_revision revision TYPE minmax GRANULARITY 1;

ALTER TABLE {table observations} {on cluster} MATERIALIZE INDEX by_revision;

ALTER TABLE {table scores} {on cluster} MATERIALIZE INDEX by_revision;
