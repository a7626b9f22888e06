-- // statistics
-- What the planner believes, the same on every server: rows, and how many of them share the first,
-- the first two, … columns of an index. Without it the planner takes a project for ten rows, and
-- walks all of its traces for those of one user. Nothing else may write these tables, so that plans
-- are those which were tested.

ANALYZE changelog;
DELETE FROM sqlite_stat4;
DELETE FROM sqlite_stat1;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('project', 'sqlite_autoindex_project_1', '10 1'),
  ('trace', 'trace_by_id', '1000000 1 1'),
  ('trace', 'trace_by_time', '1000000 500000 1 1'),
  ('trace', 'trace_by_name', '1000000 500000 10000 1'),
  ('trace', 'trace_by_user', '1000000 500000 100 1'),
  ('trace', 'trace_by_session', '1000000 500000 10 1'),
  ('trace', 'trace_by_error', '20000 10000 1 1'),
  ('trace_term', 'trace_term', '4000000 2000000 1000000 20000 1'),
  ('trace_term', 'trace_term_by_trace', '4000000 4'),
  ('observation', 'observation_by_id', '10000000 1 1'),
  ('observation', 'observation_by_trace', '10000000 10 1'),
  ('observation', 'observation_by_time', '10000000 5000000 1'),
  ('observation', 'observation_by_name', '10000000 5000000 50000 1 1'),
  ('observation', 'observation_by_type', '10000000 5000000 500000 1'),
  ('observation', 'observation_by_level', '10000000 5000000 1000000 1'),
  ('observation', 'observation_figures', '10000000 5000000 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'),
  ('score', 'score_by_id', '1000000 1 1'),
  ('score', 'score_by_trace', '1000000 2 2'),
  ('score', 'score_by_session', '10000 2 2'),
  ('score', 'score_by_time', '1000000 500000 1 1'),
  ('score', 'score_by_name', '1000000 500000 50000 1');

ANALYZE sqlite_schema;

PRAGMA user_version = 16;

-- //@UNDO
DELETE FROM sqlite_stat1;
PRAGMA user_version = 15;
