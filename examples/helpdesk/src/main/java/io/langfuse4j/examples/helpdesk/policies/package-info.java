/**
 * The texts the help desk answers from, and the search over them. Retrieval is BM25 over an
 * in-memory Lucene index: it finds words, not meanings, and so misses some paraphrases.
 */
@NullMarked
package io.langfuse4j.examples.helpdesk.policies;

import org.jspecify.annotations.NullMarked;
