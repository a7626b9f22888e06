/**
 * What a span means to Langfuse. The tables are data, in one place each: {@code FieldSources} says
 * which attribute feeds which field, {@code TypeRules}, {@code LevelRules} and {@code
 * InputOutputRules} are ordered lists of which the first match wins. Where Langfuse loses data by
 * accident we keep it; {@code server/RATIONALE.md} lists every such case.
 */
@NullMarked
package io.langfuse4j.server.mapping;

import org.jspecify.annotations.NullMarked;
