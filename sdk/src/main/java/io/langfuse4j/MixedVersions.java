package io.langfuse4j;

import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says that the application's jars of OpenTelemetry do not fit together. Builds bring that about
 * when one bill of materials manages some of them and another the rest; what is missing then shows
 * as a {@link LinkageError}, which must not stop the application.
 */
final class MixedVersions {

  private static final Logger logger = Logger.getLogger(Langfuse.class.getName());

  private static final List<String> CLASSES =
      List.of(
          "io.opentelemetry.api.trace.Tracer",
          "io.opentelemetry.context.Context",
          "io.opentelemetry.sdk.common.Clock",
          "io.opentelemetry.sdk.trace.SdkTracerProvider");

  private MixedVersions() {}

  static void warn(LinkageError thrown) {
    String jars =
        CLASSES.stream()
            .map(MixedVersions::jar)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    String sentence =
        "Langfuse: tracing is off: the jars of OpenTelemetry on the class path do not fit together"
            + " ("
            + thrown
            + "). They are "
            + jars
            + ": give all of them one version, 1.49.0 or newer, by importing opentelemetry-bom.";
    logger.warning(sentence);
    logger.log(Level.FINE, sentence, thrown);
  }

  private static @Nullable String jar(String className) {
    try {
      Class<?> type = Class.forName(className, false, MixedVersions.class.getClassLoader());
      CodeSource source = type.getProtectionDomain().getCodeSource();
      if (source == null || source.getLocation() == null) {
        return null;
      }
      String path = source.getLocation().getPath();
      return path.substring(path.lastIndexOf('/') + 1);
    } catch (ClassNotFoundException | LinkageError missing) {
      return null;
    }
  }
}
