package io.langfuse4j.internal.propagation;

import io.langfuse4j.internal.LangfuseAttributes;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ImplicitContextKeyed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code propagateAttributes} put on a context: span attributes, ready to be copied to each
 * span that starts there, and which of them may leave the process. Immutable.
 *
 * @param attributes one attribute per value; metadata has one per key
 * @param asBaggage whether a block asked for them to leave the process, whoever is called
 * @param shared of the attributes, those of blocks that asked for it
 * @param restricted attributes that leave for certain hosts only, outer blocks first
 */
public record PropagatedAttributes(
    Attributes attributes, boolean asBaggage, Attributes shared, List<Restricted> restricted)
    implements ImplicitContextKeyed {

  private static final ContextKey<PropagatedAttributes> KEY =
      ContextKey.named("langfuse.propagated");

  /** Attributes of one block, and the hosts that may receive them. */
  record Restricted(Attributes attributes, HostPatterns hosts) {}

  /** Attributes that stay in the process. */
  public static PropagatedAttributes local(Attributes attributes) {
    return new PropagatedAttributes(attributes, false, Attributes.empty(), List.of());
  }

  /** Attributes that every service that is called receives. */
  public static PropagatedAttributes forEveryHost(Attributes attributes) {
    return new PropagatedAttributes(attributes, true, attributes, List.of());
  }

  /** Attributes that these hosts receive. */
  public static PropagatedAttributes forHosts(Attributes attributes, HostPatterns hosts) {
    return new PropagatedAttributes(
        attributes, false, Attributes.empty(), List.of(new Restricted(attributes, hosts)));
  }

  /** What applies in {@code context}, or null. */
  public static @Nullable PropagatedAttributes from(Context context) {
    return context.get(KEY);
  }

  /**
   * Adds to what an enclosing block set: metadata and tags accumulate, everything else is replaced.
   * What may leave the process is each block's own decision about its own values.
   */
  public PropagatedAttributes over(@Nullable PropagatedAttributes outer) {
    if (outer == null) {
      return this;
    }
    List<Restricted> hosts = new ArrayList<>(outer.restricted);
    hosts.addAll(restricted);
    return new PropagatedAttributes(
        merge(outer.attributes, attributes),
        asBaggage || outer.asBaggage,
        merge(outer.shared, shared),
        List.copyOf(hosts));
  }

  /** {@code inner} over {@code outer}; of tags both. */
  public static Attributes merge(Attributes outer, Attributes inner) {
    if (outer.isEmpty() || inner.isEmpty()) {
      return outer.isEmpty() ? inner : outer;
    }
    AttributesBuilder merged = outer.toBuilder().putAll(inner);
    List<String> outerTags = outer.get(LangfuseAttributes.TRACE_TAGS);
    List<String> innerTags = inner.get(LangfuseAttributes.TRACE_TAGS);
    if (outerTags != null && innerTags != null) {
      Set<String> union = new LinkedHashSet<>(outerTags);
      union.addAll(innerTags);
      merged.put(LangfuseAttributes.TRACE_TAGS, new ArrayList<>(union));
    }
    return merged.build();
  }

  /** Without the prompt link, for a span that brings its own. */
  public static Attributes withoutPrompt(Attributes attributes) {
    return attributes.get(LangfuseAttributes.OBSERVATION_PROMPT_NAME) == null
        ? attributes
        : attributes.toBuilder()
            .remove(LangfuseAttributes.OBSERVATION_PROMPT_NAME)
            .remove(LangfuseAttributes.OBSERVATION_PROMPT_VERSION)
            .build();
  }

  @Override
  public Context storeInContext(Context context) {
    Context stored = context.with(KEY, this);
    return shared.isEmpty()
        ? stored
        : LangfuseBaggage.write(Baggage.fromContext(context), shared).storeInContext(stored);
  }

  /** Whether a request to this host takes more than what is in everybody's baggage. */
  public boolean hasMoreFor(@Nullable String host) {
    for (Restricted block : restricted) {
      if (block.hosts.allow(host)) {
        return true;
      }
    }
    return false;
  }

  /** Adds what this host may receive beyond what everybody does. */
  public Baggage baggageFor(@Nullable String host, Baggage baggage) {
    Baggage written = baggage;
    for (Restricted block : restricted) {
      if (block.hosts.allow(host)) {
        written = LangfuseBaggage.write(written, block.attributes);
      }
    }
    return written;
  }

  /** The metadata attribute for a key. */
  public static AttributeKey<String> metadataKey(String key) {
    return AttributeKey.stringKey(LangfuseAttributes.TRACE_METADATA_PREFIX + key);
  }
}
