/**
 * The Langfuse SDK: the client, its observations, and what applies to a whole trace. Everything a
 * user calls is here; how it works lies in the packages below.
 */
@NullMarked
package io.langfuse4j;

import org.jspecify.annotations.NullMarked;
