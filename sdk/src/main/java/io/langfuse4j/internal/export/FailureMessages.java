package io.langfuse4j.internal.export;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** One sentence per failure that says what to change. Never contains a key or content. */
final class FailureMessages {

  private FailureMessages() {}

  static String forStatus(int status, URI endpoint, Cargo cargo) {
    return switch (status) {
      case 401 ->
          "Langfuse at "
              + endpoint
              + " refused the keys (401): check that LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY"
              + " belong to the project on that host, or set LANGFUSE_BASE_URL to the right host.";
      case 403 ->
          "Langfuse at "
              + endpoint
              + " does not allow these keys to write "
              + cargo.written()
              + " (403): use keys of a project, not of an"
              + " organisation.";
      case 404 ->
          "There is no Langfuse "
              + cargo.endpoint()
              + " endpoint at "
              + endpoint
              + " (404): LANGFUSE_BASE_URL must be the address of the server without a path, for"
              + " example https://cloud.langfuse.com.";
      case 405 ->
          "The server at "
              + endpoint
              + " does not accept "
              + cargo.written()
              + " there (405): LANGFUSE_BASE_URL must be the address of the"
              + " server without a path.";
      case 413 ->
          "Langfuse at "
              + endpoint
              + " refused "
              + cargo.singular()
              + " for its size (413) even after its largest value was cut:"
              + " raise the limit of the proxy in front of it or lower LANGFUSE_MAX_VALUE_BYTES.";
      default ->
          String.format(
              Locale.ROOT,
              "Langfuse at %s refused %s with status %d; they are lost (see stats()).",
              endpoint,
              cargo.plural(),
              status);
    };
  }

  static String forException(IOException e, URI endpoint, Cargo cargo) {
    if (e instanceof SSLException) {
      return "No secure connection to Langfuse at "
          + endpoint
          + " ("
          + e.getMessage()
          + "): import the server's certificate into the JVM's trust store"
          + " (-Djavax.net.ssl.trustStore), or use http:// if the server speaks plain HTTP.";
    }
    if (causedBy(e, UnknownHostException.class) || causedBy(e, UnresolvedAddressException.class)) {
      return "The host of " + endpoint + " is not known: check LANGFUSE_BASE_URL and the network.";
    }
    if (e instanceof ConnectException) {
      return "Nothing answers at "
          + endpoint
          + ": start the Langfuse server or set LANGFUSE_BASE_URL; "
          + cargo.plural()
          + " wait and are sent again.";
    }
    if (e instanceof HttpTimeoutException) {
      return "Langfuse at "
          + endpoint
          + " did not answer in time: raise LANGFUSE_TIMEOUT or lower LANGFUSE_MAX_BATCH_BYTES; "
          + cargo.plural()
          + " are sent again.";
    }
    return "The connection to Langfuse at "
        + endpoint
        + " broke ("
        + e
        + "); "
        + cargo.plural()
        + " are sent again.";
  }

  private static boolean causedBy(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }
}
