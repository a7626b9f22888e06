/**
 * What is read and changed one by one, with rules that need a transaction: prompts, datasets and
 * their runs, comments, queues, score configs, models, projects, keys, and whose files are whose.
 * One set of statements for every SQL database.
 */
@NullMarked
package io.langfuse4j.server.store.sql;

import org.jspecify.annotations.NullMarked;
