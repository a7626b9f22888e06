/**
 * The model that comes with the demo, so that it needs no key and no network: {@code extractive-1}
 * answers with sentences of the texts it was given. It computes its answers, counts real tokens,
 * and is reached over HTTP like any other provider.
 */
@NullMarked
package io.langfuse4j.examples.helpdesk.extractive;

import org.jspecify.annotations.NullMarked;
