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
 * span that starts there. Immutable.
 *
 * @param attributes one attribute per value; metadata has one per key
 * @param asBaggage whether they also leave the process
 */
public record PropagatedAttributes(Attributes attributes, boolean asBaggage)
    implements ImplicitContextKeyed {

  private static final ContextKey<PropagatedAttributes> KEY =
      ContextKey.named("langfuse.propagated");

  /** What applies in {@code context}, or null. */
  public static @Nullable PropagatedAttributes from(Context context) {
    return context.get(KEY);
  }

  /**
   * Adds to what an enclosing block set: metadata and tags accumulate, everything else is replaced.
   */
  public PropagatedAttributes over(@Nullable PropagatedAttributes outer) {
    if (outer == null) {
      return this;
    }
    AttributesBuilder merged = outer.attributes.toBuilder().putAll(attributes);
    List<String> outerTags = outer.attributes.get(LangfuseAttributes.TRACE_TAGS);
    List<String> innerTags = attributes.get(LangfuseAttributes.TRACE_TAGS);
    if (outerTags != null && innerTags != null) {
      Set<String> union = new LinkedHashSet<>(outerTags);
      union.addAll(innerTags);
      merged.put(LangfuseAttributes.TRACE_TAGS, new ArrayList<>(union));
    }
    return new PropagatedAttributes(merged.build(), asBaggage || outer.asBaggage);
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
    if (!asBaggage) {
      return stored;
    }
    Baggage baggage = LangfuseBaggage.write(Baggage.fromContext(context), attributes);
    return baggage.storeInContext(stored);
  }

  /** The metadata attribute for a key. */
  public static AttributeKey<String> metadataKey(String key) {
    return AttributeKey.stringKey(LangfuseAttributes.TRACE_METADATA_PREFIX + key);
  }
}
