package io.langfuse4j.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set in {@code application.properties}. What is not set there comes from {@code
 * LANGFUSE_*} variables, as without Spring.
 *
 * @param publicKey public key of the project
 * @param secretKey secret key of the project
 * @param baseUrl address of the Langfuse server
 * @param tracingEnabled false switches tracing off
 * @param environment environment of every trace, for example production
 * @param release release of the application
 * @param sampleRate share of traces that are recorded, from 0 to 1
 * @param captureContent false records no inputs and outputs anywhere
 * @param observeIoCapture false records no arguments and results of observed methods unless one
 *     asks for it
 * @param flushAt observations per request at most
 * @param flushInterval how long an observation waits for others
 * @param timeout time for one request
 * @param debug true logs what is sent, never its content
 */
@ConfigurationProperties("langfuse")
public record LangfuseProperties(
    @Nullable String publicKey,
    @Nullable String secretKey,
    @Nullable String baseUrl,
    @Nullable Boolean tracingEnabled,
    @Nullable String environment,
    @Nullable String release,
    @Nullable Double sampleRate,
    @Nullable Boolean captureContent,
    @Nullable Boolean observeIoCapture,
    @Nullable Integer flushAt,
    @Nullable Duration flushInterval,
    @Nullable Duration timeout,
    @Nullable Boolean debug) {}
