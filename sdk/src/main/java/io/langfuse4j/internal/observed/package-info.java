/**
 * One observed call, whichever way it came about: its options, its arguments, its result. Wrapped
 * functions, proxies, interceptors and woven methods all end up here, so that they agree. Not API.
 */
@NullMarked
package io.langfuse4j.internal.observed;

import org.jspecify.annotations.NullMarked;
