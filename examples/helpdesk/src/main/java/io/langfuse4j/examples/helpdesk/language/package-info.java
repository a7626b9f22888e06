/** English text as words and sentences, for the search as well as for the model. */
@NullMarked
package io.langfuse4j.examples.helpdesk.language;

import org.jspecify.annotations.NullMarked;
