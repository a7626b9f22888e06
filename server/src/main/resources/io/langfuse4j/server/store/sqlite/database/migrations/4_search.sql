-- // search
-- The search index lies in a file of its own and follows the observations by their keys. What it
-- cannot see that way stands in the queue: traces that changed without a new observation, or were
-- deleted. Keys must then never be given out twice, so the highest ones are kept.

CREATE TABLE search_queue (
  pk INTEGER PRIMARY KEY AUTOINCREMENT,
  trace INTEGER NOT NULL
);

CREATE TABLE highest_key (
  name TEXT PRIMARY KEY,
  pk INTEGER NOT NULL
) WITHOUT ROWID;

PRAGMA user_version = 4;

-- //@UNDO
DROP TABLE highest_key;
DROP TABLE search_queue;
PRAGMA user_version = 3;
