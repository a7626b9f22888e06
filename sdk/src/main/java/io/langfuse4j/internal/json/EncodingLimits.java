package io.langfuse4j.internal.json;

/**
 * How far the encoder follows a value.
 *
 * @param maxDepth containers inside containers; deeper ones are named, not opened
 * @param maxBreadth elements of one container; the rest is counted in a marker
 * @param maxNodes values in all, so that a client object that references half the application ends
 * @param maxBytes bytes of JSON or of a plain string, in UTF-8; the notes that say what is missing
 *     come on top
 */
public record EncodingLimits(int maxDepth, int maxBreadth, int maxNodes, int maxBytes) {

  /** Depth 20 as the Python SDK; the others far above what a prompt needs. */
  public static final EncodingLimits DEFAULT =
      new EncodingLimits(20, 10_000, 200_000, 16 * 1024 * 1024);
}
