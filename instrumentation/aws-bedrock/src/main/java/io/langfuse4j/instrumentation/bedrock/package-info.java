/**
 * Traces the AWS SDK's clients for Bedrock Runtime by standing in front of their interfaces. {@link
 * LangfuseBedrock} is the way in. Requests and answers are read by the field descriptions that the
 * AWS SDK generates, so that new fields and kinds of content do not break it.
 */
@NullMarked
package io.langfuse4j.instrumentation.bedrock;

import org.jspecify.annotations.NullMarked;
