package io.langfuse4j.server.api;

/** The project that everything belongs to, and the keys that open it. */
public record Project(String id, String name, String publicKey, String secretKey) {
  public static final Project LOCAL = new Project("local", "Local", "pk-lf-local", "sk-lf-local");

  /** Every project is of this organization. */
  static final String ORGANIZATION = "local";

  /** Without the secret. */
  @Override
  public String toString() {
    return "Project[" + id + ", " + publicKey + "]";
  }
}
