package io.langfuse4j.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What traces take from web requests, and requests from traces. All off unless set.
 *
 * @param userFromPrincipal true makes the authenticated user of a request the user of its traces
 * @param sessionFromHttpSession true makes a digest of the HTTP session's id the session of traces
 * @param observeRequests true makes each request an observation, the root of what happens in it
 * @param traceIdHeader response header that gets the trace id, for example X-Trace-Id; empty for
 *     none
 */
@ConfigurationProperties("langfuse.web")
public record LangfuseWebProperties(
    @DefaultValue("false") boolean userFromPrincipal,
    @DefaultValue("false") boolean sessionFromHttpSession,
    @DefaultValue("false") boolean observeRequests,
    @Nullable String traceIdHeader) {}
