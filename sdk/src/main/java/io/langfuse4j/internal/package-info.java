/**
 * What the SDK's packages share and users do not call: attribute names, the tracing core, warnings.
 * May change in any release.
 */
@NullMarked
package io.langfuse4j.internal;

import org.jspecify.annotations.NullMarked;
