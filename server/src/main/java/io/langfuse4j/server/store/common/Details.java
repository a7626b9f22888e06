package io.langfuse4j.server.store.common;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.Experiment;
import io.langfuse4j.server.model.Observation.Source;
import io.langfuse4j.server.model.Observation.Tools;
import io.langfuse4j.server.store.LenientJson;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What lists never show of an observation, kept together in one JSON text. */
public record Details(
    String metadata,
    String flatMetadata,
    @Nullable Tools tools,
    @Nullable Experiment experiment,
    @Nullable Source source) {

  public static final Details NONE = new Details("{}", "{}", null, null, null);

  private static final ObjectMapper MAPPER =
      LenientJson.mapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .registerModule(
              new SimpleModule()
                  .addSerializer(new StdDelegatingSerializer(Instant.class, new ToMillis()))
                  .addDeserializer(
                      Instant.class, new StdDelegatingDeserializer<Instant>(new FromMillis())));

  public static Details of(Observation observation) {
    Observation.Content content = observation.content();
    return new Details(
        content.metadata(),
        content.flatMetadata(),
        Tools.NONE.equals(observation.tools()) ? null : observation.tools(),
        observation.experiment(),
        observation.source());
  }

  /** JSON as UTF-8. */
  public byte[] encode() {
    try {
      return MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Details of an observation cannot be written as JSON", e);
    }
  }

  /** What {@link #encode} made; of null {@link #NONE}. */
  public static Details decode(byte @Nullable [] json) {
    if (json == null) {
      return NONE;
    }
    try {
      return MAPPER.readValue(json, Details.class);
    } catch (IOException e) {
      throw new IllegalStateException("Details of an observation cannot be read", e);
    }
  }

  public Tools toolsOrNone() {
    return tools == null ? Tools.NONE : tools;
  }

  public Source sourceOrUnknown() {
    return source == null ? Source.UNKNOWN : source;
  }

  private static final class ToMillis extends StdConverter<Instant, Long> {
    @Override
    public Long convert(Instant value) {
      return value.toEpochMilli();
    }
  }

  private static final class FromMillis extends StdConverter<Long, Instant> {
    @Override
    public Instant convert(Long value) {
      return Instant.ofEpochMilli(value);
    }
  }
}
