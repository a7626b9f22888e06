-- // figures
-- Metrics and dashboards add up narrow columns of very many observations: they read them along the
-- time in the index alone, a third of the bytes of the rows. Lists keep the narrow index: for the
-- wide one the planner would rather sort all observations.

CREATE INDEX observation_figures ON observation (
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
DROP INDEX observation_figures;
PRAGMA user_version = 13;
