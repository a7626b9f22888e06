package io.langfuse4j.server.store.postgres;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is and who speaks to it.
 *
 * @param url as its JDBC driver takes it, such as {@code jdbc:postgresql://postgres/langfuse4j};
 *     what stands behind a question mark are settings of the driver
 * @param user null for the driver's own choice, the user of this process
 * @param password null for none
 */
public record PostgresSettings(String url, @Nullable String user, @Nullable String password) {
  private static final String PREFIX = "jdbc:postgresql:";
  private static final Pattern PASSWORD = Pattern.compile("[?&]password=|//[^/?]*@");

  /** The password stays out of messages. */
  @Override
  public String toString() {
    return user == null ? url : url + " as " + user;
  }

  /**
   * User and password are read from {@code LANGFUSE4J_METADATA_USER} and {@code …_PASSWORD}.
   *
   * @throws IllegalArgumentException in a sentence, if the address is none
   */
  public static PostgresSettings of(String url, Map<String, String> variables) {
    if (!url.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "--metadata-url must be the address of a PostgreSQL database, such as"
              + " jdbc:postgresql://postgres/langfuse4j.");
    }
    if (PASSWORD.matcher(url).find()) {
      throw new IllegalArgumentException(
          "--metadata-url must not hold a password, which would end up in logs: set"
              + " LANGFUSE4J_METADATA_USER and LANGFUSE4J_METADATA_PASSWORD.");
    }
    return new PostgresSettings(
        url,
        variables.get("LANGFUSE4J_METADATA_USER"),
        variables.get("LANGFUSE4J_METADATA_PASSWORD"));
  }
}
