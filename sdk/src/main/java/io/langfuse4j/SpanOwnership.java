package io.langfuse4j;

import io.langfuse4j.internal.Warnings;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which spans of an application's provider belong to a processor's project, where several projects
 * share a JVM. An observation belongs to the project of its client, and what starts inside one
 * belongs to the same. What starts outside of any belongs to the project whose processor the
 * provider has; if it has those of two projects, to neither.
 *
 * <p>OpenTelemetry's API cannot set the scope attribute by which the official SDKs tell projects
 * apart, and an attribute of the span would show up in other backends; so the context tells.
 *
 * <p>Thread-safe. Costs a span one look at its context while there is one project.
 */
final class SpanOwnership {

  private static final Warnings warnings =
      new Warnings(Logger.getLogger(SpanOwnership.class.getName()));
  private static final ContextKey<Object> OWNER = ContextKey.named("langfuse.project");
  private static final Set<SpanOwnership> live = ConcurrentHashMap.newKeySet();

  /** The processors of one provider see a new span one after the other, on one thread. */
  private static final ThreadLocal<@Nullable Seen> lastSeen = new ThreadLocal<>();

  private record Seen(WeakReference<Span> span, SpanOwnership by) {}

  private enum Owner {
    OTHER,
    NOBODY
  }

  private final Object project;
  private final boolean isolated;
  private final Map<Span, Owner> notOurs = Collections.synchronizedMap(new WeakHashMap<>());
  private volatile boolean contested;
  private volatile @Nullable Resource resource;

  private SpanOwnership(Object project, boolean isolated) {
    this.project = project;
    this.isolated = isolated;
  }

  /** For the provider that a client made for itself, in which every span is its own. */
  static SpanOwnership isolated(Object project) {
    return new SpanOwnership(project, true);
  }

  /** For a provider of the application; to be {@linkplain #close closed}. */
  static SpanOwnership shared(Object project) {
    SpanOwnership ownership = new SpanOwnership(project, false);
    live.add(ownership);
    return ownership;
  }

  /** The context for a span of a client that uses the application's provider. */
  static Context owned(Context context, Object project) {
    return context.with(OWNER, project);
  }

  /** Decides, when a span starts, whether it is ours. */
  boolean claim(Context parentContext, ReadableSpan span) {
    if (isolated) {
      return true;
    }
    if (resource == null) {
      resource = span.toSpanData().getResource();
    }
    Object owner = ownerIn(parentContext);
    if (owner != null) {
      return owner.equals(project) || isNot((Span) span, Owner.OTHER);
    }
    if (live.size() == 1) {
      return true;
    }
    meet((Span) span);
    return !isNot((Span) span, Owner.NOBODY) && !contested;
  }

  /**
   * A span tells its resource only with a copy of all that it has, so that the one of a client's
   * own provider is asked for once. A processor of the application may be in several.
   */
  private Resource resourceOf(ReadableSpan span) {
    Resource known = isolated ? resource : null;
    if (known == null) {
      known = span.toSpanData().getResource();
    }
    if (isolated) {
      resource = known;
    }
    return known;
  }

  private static @Nullable Object ownerIn(Context context) {
    Object owner = context.get(OWNER);
    LangfuseObservation<?> current = owner == null ? CurrentObservation.in(context) : null;
    return current == null ? owner : current.started.tracing().project();
  }

  /** Notes that a span is not ours, or not surely ours; always false. */
  private boolean isNot(Span span, Owner owner) {
    notOurs.put(span, owner);
    return false;
  }

  private void meet(Span span) {
    Seen seen = lastSeen.get();
    if (seen != null && seen.span().get() == span && !seen.by().project.equals(project)) {
      contested = true;
      seen.by().contested = true;
      warnings.once(
          "contested",
          "Two Langfuse projects share one tracer provider: spans that start outside of any"
              + " observation belong to neither and are not sent.");
    }
    lastSeen.set(new Seen(new WeakReference<>(span), this));
  }

  /** Whether a span that has started is ours. */
  boolean isOurs(ReadableSpan span) {
    return isolated || notOurs.isEmpty() || isOurs(notOurs.get(span));
  }

  /** As {@link #isOurs(ReadableSpan)}, for a span that ends. */
  boolean release(ReadableSpan span) {
    return isolated || notOurs.isEmpty() || isOurs(notOurs.remove(span));
  }

  private boolean isOurs(@Nullable Owner owner) {
    return owner == null || owner == Owner.NOBODY && !contested;
  }

  /** Whether the parent of a span arrives in our project too, whoever sends it. */
  boolean sharesProject(Context parentContext, ReadableSpan parent, ReadableSpan span) {
    LangfuseObservation<?> current = CurrentObservation.in(parentContext);
    if (current != null && current.span() == parent) {
      return project.equals(current.started.tracing().project());
    }
    Resource ofParent = parent.toSpanData().getResource();
    return ofParent == resourceOf(span) && isOurs(parent)
        || live.stream().anyMatch(other -> other.sends(parent, ofParent, project));
  }

  private boolean sends(ReadableSpan span, Resource ofSpan, Object toProject) {
    return ofSpan == resource && project.equals(toProject) && isOurs(span);
  }

  /** Whether a context is inside an observation of our project and this trace. */
  boolean isInside(Context context, String traceId) {
    return CurrentObservation.of(context, traceId, project);
  }

  /** Whether a context is inside an observation of this trace, of whatever project. */
  static boolean isInsideAny(Context context, String traceId) {
    return CurrentObservation.of(context, traceId, null);
  }

  void close() {
    live.remove(this);
  }
}
