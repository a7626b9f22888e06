package io.langfuse4j.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.function.Supplier;

/** A generation as one writes it by hand with OpenTelemetry: one current span with attributes. */
final class BareSpan {

  private static final AttributeKey<String> TYPE =
      AttributeKey.stringKey("langfuse.observation.type");
  private static final AttributeKey<String> MODEL =
      AttributeKey.stringKey("langfuse.observation.model.name");
  private static final AttributeKey<String> PARAMETERS =
      AttributeKey.stringKey("langfuse.observation.model.parameters");
  private static final AttributeKey<String> INPUT =
      AttributeKey.stringKey("langfuse.observation.input");
  private static final AttributeKey<String> OUTPUT =
      AttributeKey.stringKey("langfuse.observation.output");
  private static final AttributeKey<String> USAGE =
      AttributeKey.stringKey("langfuse.observation.usage_details");

  private final ObjectMapper mapper;
  private final Tracer tracer;

  BareSpan(Tracer tracer) {
    this(tracer, new ObjectMapper());
  }

  BareSpan(Tracer tracer, ObjectMapper mapper) {
    this.tracer = tracer;
    this.mapper = mapper;
  }

  /** Around a call through openai-java, whose mapper is needed for its models. */
  ChatCompletion record(ChatCompletionCreateParams params, Supplier<ChatCompletion> call) {
    Span span = tracer.spanBuilder("chat").startSpan();
    try (Scope scope = span.makeCurrent()) {
      span.setAttribute(TYPE, "generation");
      span.setAttribute(INPUT, json(params.messages()));
      ChatCompletion completion = call.get();
      span.setAttribute(MODEL, completion.model());
      span.setAttribute(OUTPUT, json(completion.choices().get(0).message()));
      completion.usage().ifPresent(usage -> span.setAttribute(USAGE, json(usage)));
      return completion;
    } finally {
      span.end();
    }
  }

  private String json(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("openai-java's own models can be encoded", e);
    }
  }

  /** Encodes with {@link ObjectMapper}, as applications do. */
  String record(Conversation conversation, long inputTokens, long outputTokens)
      throws JsonProcessingException {
    Span span = tracer.spanBuilder("chat").startSpan();
    try (Scope scope = span.makeCurrent()) {
      span.setAttribute(TYPE, "generation");
      span.setAttribute(MODEL, "gpt-4o");
      span.setAttribute(PARAMETERS, mapper.writeValueAsString(conversation.parameters()));
      span.setAttribute(INPUT, mapper.writeValueAsString(conversation.input()));
      span.setAttribute(OUTPUT, mapper.writeValueAsString(conversation.output()));
      span.setAttribute(
          USAGE, mapper.writeValueAsString(Map.of("input", inputTokens, "output", outputTokens)));
    } finally {
      span.end();
    }
    return span.getSpanContext().getSpanId();
  }

  /** The same span with texts that somebody has encoded already: the floor. */
  String record(Encoded encoded) {
    Span span = tracer.spanBuilder("chat").startSpan();
    try (Scope scope = span.makeCurrent()) {
      span.setAttribute(TYPE, "generation");
      span.setAttribute(MODEL, "gpt-4o");
      span.setAttribute(PARAMETERS, encoded.parameters());
      span.setAttribute(INPUT, encoded.input());
      span.setAttribute(OUTPUT, encoded.output());
      span.setAttribute(USAGE, encoded.usage());
    } finally {
      span.end();
    }
    return span.getSpanContext().getSpanId();
  }

  record Encoded(String parameters, String input, String output, String usage) {

    static Encoded of(Conversation conversation) {
      ObjectMapper mapper = new ObjectMapper();
      try {
        return new Encoded(
            mapper.writeValueAsString(conversation.parameters()),
            mapper.writeValueAsString(conversation.input()),
            mapper.writeValueAsString(conversation.output()),
            mapper.writeValueAsString(Map.of("input", 612, "output", 233)));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("maps of strings can be encoded", e);
      }
    }
  }
}
