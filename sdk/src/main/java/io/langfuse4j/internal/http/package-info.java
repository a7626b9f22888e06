/** The one HTTP client of the SDK: address, credentials, headers, protocol version, time-outs. */
@NullMarked
package io.langfuse4j.internal.http;

import org.jspecify.annotations.NullMarked;
