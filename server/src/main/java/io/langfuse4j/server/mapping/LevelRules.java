package io.langfuse4j.server.mapping;

import static java.util.Map.entry;

import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How serious a span is: what it says, else its status, else what it is known to be. */
final class LevelRules {
  private static final int STATUS_ERROR = 2;

  private static final Map<String, Level> SPELLINGS =
      Map.ofEntries(
          entry("DEBUG", Level.DEBUG),
          entry("TRACE", Level.DEBUG),
          entry("VERBOSE", Level.DEBUG),
          entry("DEFAULT", Level.DEFAULT),
          entry("INFO", Level.DEFAULT),
          entry("LOG", Level.DEFAULT),
          entry("NOTICE", Level.DEFAULT),
          entry("OK", Level.DEFAULT),
          entry("SUCCESS", Level.DEFAULT),
          entry("WARNING", Level.WARNING),
          entry("WARN", Level.WARNING),
          entry("ERROR", Level.ERROR),
          entry("FATAL", Level.ERROR),
          entry("CRITICAL", Level.ERROR));

  private static final Set<String> LIVEKIT_INTERNALS =
      Set.of(
          "user_speaking",
          "eou_detection",
          "llm_request_run",
          "tts_node",
          "tts_request",
          "tts_request_run",
          "tts_stream_adapter",
          "agent_speaking",
          "drain_agent_activity",
          "on_exit",
          "on_enter",
          "llm_fallback_adapter",
          "tts_fallback_adapter",
          "start_agent_activity");

  private LevelRules() {}

  static Level levelOf(OtlpSpan span) {
    String spelling = span.attributes().text("langfuse.observation.level");
    Level said = spelling == null ? null : SPELLINGS.get(spelling.strip().toUpperCase(Locale.ROOT));
    if (said != null) {
      return said;
    }
    if (span.statusCode() == STATUS_ERROR) {
      return Level.ERROR;
    }
    boolean internal =
        Scopes.LIVEKIT.equals(span.scope().name()) && LIVEKIT_INTERNALS.contains(span.name());
    return internal ? Level.DEBUG : Level.DEFAULT;
  }
}
