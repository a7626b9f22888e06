-- // figures
-- Metrics and dashboards add up narrow columns of very many observations: they read them along the
-- time in the index alone, a third of the bytes of the rows.

DROP INDEX observation_by_time;
CREATE INDEX observation_by_time ON observation (
  project,
  start_time,
  trace,
  name,
  type,
  level,
  environment,
  model,
  end_time,
  completion_start_time,
  input_tokens,
  output_tokens,
  total_tokens,
  input_cost,
  output_cost,
  total_cost
);

PRAGMA user_version = 14;

-- //@UNDO
DROP INDEX observation_by_time;
CREATE INDEX observation_by_time ON observation (project, start_time);
PRAGMA user_version = 13;
