package io.langfuse4j.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key pair that opens a project.
 *
 * @param secretHash SHA-256 of the secret, in hexadecimal; the secret itself is not kept
 * @param displaySecretKey the ends of the secret, to recognise it by
 */
public record ApiKey(
    String id,
    String projectId,
    String publicKey,
    String secretHash,
    String displaySecretKey,
    @Nullable String note,
    Instant createdAt) {}
