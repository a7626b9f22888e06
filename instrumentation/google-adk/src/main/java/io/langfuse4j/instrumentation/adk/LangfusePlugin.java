package io.langfuse4j.instrumentation.adk;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.CallbackContext;
import com.google.adk.agents.InvocationContext;
import com.google.adk.events.Event;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.adk.plugins.Plugin;
import com.google.adk.tools.BaseTool;
import com.google.adk.tools.ToolContext;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.langfuse4j.Langfuse;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.reactivex.rxjava3.core.Maybe;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Adds to ADK's spans what they lack: user and session to all, question and answer to invocations
 * and agents. ADK calls back while the span in question is current. Never changes what ADK does.
 * Thread-safe.
 */
final class LangfusePlugin implements Plugin {

  private static final Logger LOGGER = Logger.getLogger("io.langfuse4j");
  private static final AttributeKey<String> USER = AttributeKey.stringKey("user.id");
  private static final AttributeKey<String> SESSION = AttributeKey.stringKey("session.id");
  private static final AttributeKey<String> INPUT =
      AttributeKey.stringKey("langfuse.observation.input");
  private static final AttributeKey<String> OUTPUT =
      AttributeKey.stringKey("langfuse.observation.output");

  /** Keys of what is noted for the duration of an invocation. */
  private static final String INVOCATION = "langfuse.invocation";

  private static final String AGENT = "langfuse.agent.";

  static final String NAME = "langfuse";

  private final Langfuse langfuse;
  private final String name;

  LangfusePlugin(Langfuse langfuse, String name) {
    this.langfuse = langfuse;
    this.name = name;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Maybe<Content> onUserMessageCallback(InvocationContext context, Content message) {
    return quietly(
        () -> note(context, INVOCATION, identify(context).setAttribute(INPUT, text(message))));
  }

  @Override
  public Maybe<Content> beforeRunCallback(InvocationContext context) {
    return quietly(() -> note(context, INVOCATION, identify(context)));
  }

  /** The first one, because later none may be current: a session may be stored on other threads. */
  private static void note(InvocationContext context, String key, Span span) {
    if (span.getSpanContext().isValid()) {
      context.callbackContextData().putIfAbsent(key, span);
    }
  }

  @Override
  public Maybe<Content> beforeAgentCallback(BaseAgent agent, CallbackContext callback) {
    return quietly(
        () -> {
          InvocationContext context = callback.invocationContext();
          Span span = identify(context);
          context.userContent().ifPresent(asked -> span.setAttribute(INPUT, text(asked)));
          context.callbackContextData().put(AGENT + agent.name(), span);
        });
  }

  @Override
  public Maybe<LlmResponse> beforeModelCallback(
      CallbackContext callback, LlmRequest.Builder request) {
    return quietly(() -> identify(callback.invocationContext()));
  }

  @Override
  public Maybe<Map<String, Object>> beforeToolCallback(
      BaseTool tool, Map<String, Object> arguments, ToolContext callback) {
    return quietly(() -> identify(callback.invocationContext()));
  }

  /**
   * When the event comes the agent's span may have ended: ADK stores the event first, and most
   * sessions are not stored on the thread that the agent runs on.
   */
  @Override
  public Maybe<LlmResponse> afterModelCallback(CallbackContext callback, LlmResponse response) {
    return quietly(
        () -> {
          if (!response.partial().orElse(false)) {
            response
                .content()
                .filter(LangfusePlugin::isAnswer)
                .ifPresent(
                    answer ->
                        answered(callback.invocationContext(), callback.agentName(), text(answer)));
          }
        });
  }

  private static boolean isAnswer(Content content) {
    List<Part> parts = content.parts().orElse(List.of());
    return !parts.isEmpty() && parts.stream().allMatch(part -> part.functionCall().isEmpty());
  }

  /** The answer of an agent is that of the invocation, until another agent answers. */
  @Override
  public Maybe<Event> onEventCallback(InvocationContext context, Event event) {
    return quietly(
        () -> {
          if (event.finalResponse() && !event.partial().orElse(false)) {
            event.content().ifPresent(answer -> answered(context, event.author(), text(answer)));
          }
        });
  }

  private static void answered(InvocationContext context, String author, String answer) {
    Map<String, Object> noted = context.callbackContextData();
    for (String key : List.of(INVOCATION, AGENT + author)) {
      if (noted.get(key) instanceof Span span) {
        span.setAttribute(OUTPUT, answer);
      }
    }
  }

  /** What the application itself says of user and session stays. */
  private static Span identify(InvocationContext context) {
    Span span = Span.current();
    if (span instanceof ReadableSpan started) {
      if (started.getAttribute(USER) == null && context.userId() != null) {
        span.setAttribute(USER, context.userId());
      }
      if (started.getAttribute(SESSION) == null && context.session() != null) {
        span.setAttribute(SESSION, context.session().id());
      }
    }
    return span;
  }

  /** Plain text where it is that, else JSON. */
  private static String text(Content content) {
    List<Part> parts = content.parts().orElse(List.of());
    return parts.stream().allMatch(part -> part.text().isPresent())
        ? parts.stream().map(part -> part.text().orElse("")).collect(Collectors.joining())
        : content.toJson();
  }

  private <T> Maybe<T> quietly(Runnable work) {
    if (langfuse.isEnabled()) {
      try {
        work.run();
      } catch (RuntimeException | LinkageError e) {
        LOGGER.log(Level.FINE, "Langfuse: a span of Google ADK stays as it is.", e);
      }
    }
    return Maybe.empty();
  }
}
