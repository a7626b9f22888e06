package io.langfuse4j;

import io.langfuse4j.internal.LangfuseAttributes;
import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.propagation.AttributeRules;
import io.langfuse4j.internal.propagation.HostPatterns;
import io.langfuse4j.internal.propagation.PropagatedAttributes;
import io.langfuse4j.prompt.Prompt;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of a whole trace, for {@link Langfuse#propagateAttributes}. Values are strings of at
 * most 200 characters; one that is not is dropped alone, with a warning, and never throws. Null
 * leaves an attribute as it is.
 *
 * <p>Received by a lambda; not thread-safe.
 */
public final class TraceAttributes {

  private static final Warnings notices =
      new Warnings(Logger.getLogger("io.langfuse4j.propagation"), java.util.logging.Level.INFO);

  private final AttributesBuilder attributes = Attributes.builder();
  private final Set<String> tags = new LinkedHashSet<>();
  private boolean asBaggage;
  private @Nullable HostPatterns hosts;

  TraceAttributes() {}

  /** Who the trace is about; the server lists traces and costs by user. */
  public TraceAttributes userId(@Nullable String userId) {
    return text(LangfuseAttributes.USER_ID, AttributeRules.text("userId", userId));
  }

  /** Groups traces, for example those of one chat. */
  public TraceAttributes sessionId(@Nullable String sessionId) {
    return text(LangfuseAttributes.SESSION_ID, AttributeRules.text("sessionId", sessionId));
  }

  /** Version of the application or of a part of it, for comparisons. */
  public TraceAttributes version(@Nullable String version) {
    return text(LangfuseAttributes.VERSION, AttributeRules.text("version", version));
  }

  /** Shown in place of the root observation's name. */
  public TraceAttributes traceName(@Nullable String traceName) {
    return text(LangfuseAttributes.TRACE_NAME, AttributeRules.text("traceName", traceName));
  }

  /** Replaces the client's environment; at most 40 of a-z, 0-9, - and _. */
  public TraceAttributes environment(@Nullable String environment) {
    return text(LangfuseAttributes.ENVIRONMENT, AttributeRules.environment(environment));
  }

  /** Added to those of an enclosing block, without duplicates. */
  public TraceAttributes tags(@Nullable String @Nullable ... tags) {
    return tags == null ? this : tags(Arrays.asList(tags));
  }

  /** Added to those of an enclosing block, without duplicates. */
  public TraceAttributes tags(@Nullable Collection<? extends @Nullable String> tags) {
    if (tags == null) {
      return this;
    }
    for (String tag : tags) {
      String accepted = AttributeRules.text("tags", tag);
      if (accepted != null) {
        this.tags.add(accepted);
      }
    }
    return this;
  }

  /**
   * Added to the metadata of an enclosing block; the inner value of a key wins.
   *
   * @param key letters, digits and underscores
   * @param value converted with {@code toString()}
   */
  public TraceAttributes metadata(String key, @Nullable Object value) {
    if (value != null && AttributeRules.isMetadataKey(key)) {
      text(PropagatedAttributes.metadataKey(key), AttributeRules.textOf("metadata " + key, value));
    }
    return this;
  }

  /** {@link #metadata(String, Object)} for each entry. */
  public TraceAttributes metadata(@Nullable Map<String, ?> metadata) {
    if (metadata != null) {
      metadata.forEach(this::metadata);
    }
    return this;
  }

  /** Links every generation inside to the prompt; a fallback is not linked. */
  public TraceAttributes prompt(@Nullable Prompt prompt) {
    return prompt == null || prompt.isFallback() ? this : prompt(prompt.name(), prompt.version());
  }

  /** Links every generation inside to a prompt of Langfuse's prompt management. */
  public TraceAttributes prompt(String name, int version) {
    String accepted = AttributeRules.text("prompt", name);
    if (accepted != null && !accepted.isEmpty()) {
      attributes.put(LangfuseAttributes.OBSERVATION_PROMPT_NAME, accepted);
      attributes.put(LangfuseAttributes.OBSERVATION_PROMPT_VERSION, (long) version);
    }
    return this;
  }

  /**
   * Sends these attributes to other services as W3C baggage. They are then in the headers of
   * <em>every</em> outgoing request that OpenTelemetry instruments, also to third parties: only for
   * values that anybody may see. {@link #asBaggageTo} names who may. Off by default.
   */
  public TraceAttributes asBaggage() {
    this.asBaggage = true;
    return this;
  }

  /**
   * Sends these attributes as W3C baggage to certain hosts only. It takes {@link
   * LangfuseBaggagePropagator} in place of OpenTelemetry's baggage propagator, which cannot tell
   * hosts apart; with any other nothing is sent. Where the host of a request is not known, nothing
   * is sent either.
   *
   * @param hosts names such as {@code api.example.com}, or {@code *.example.com} for all below;
   *     wins over {@link #asBaggage()}
   */
  public TraceAttributes asBaggageTo(String... hosts) {
    this.hosts = new HostPatterns(List.of(hosts));
    return this;
  }

  PropagatedAttributes build() {
    if (!tags.isEmpty()) {
      attributes.put(LangfuseAttributes.TRACE_TAGS, new ArrayList<>(tags));
    }
    if (hosts != null) {
      return PropagatedAttributes.forHosts(attributes.build(), hosts);
    }
    if (asBaggage) {
      notices.once(
          "baggage",
          "propagateAttributes: attributes given asBaggage() are in the headers of every outgoing"
              + " request that is instrumented, also to third parties; asBaggageTo(hosts) restricts"
              + " that.");
      return PropagatedAttributes.forEveryHost(attributes.build());
    }
    return PropagatedAttributes.local(attributes.build());
  }

  private TraceAttributes text(AttributeKey<String> key, @Nullable String value) {
    if (value != null) {
      attributes.put(key, value);
    }
    return this;
  }
}
