/**
 * What SQL asks of Java: compressed content, and percentiles and histograms of many numbers. The
 * arithmetic is also for those who put figures together from parts.
 */
@NullMarked
package io.langfuse4j.server.store.sqlite.functions;

import org.jspecify.annotations.NullMarked;
