package io.langfuse4j.server.http;

import java.nio.file.Path;

/**
 * A body that was received into a file, which is deleted after the answer if it is still there.
 *
 * @param sha256 hash of its bytes, in hexadecimal digits
 */
public record ReceivedFile(Path path, long length, String sha256) {}
