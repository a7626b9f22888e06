package io.langfuse4j.instrumentation.langchain4j;

import static io.langfuse4j.ObservationType.AGENT;

import dev.langchain4j.agentic.observability.AgentInvocationError;
import dev.langchain4j.agentic.observability.AgentListener;
import dev.langchain4j.agentic.observability.AgentRequest;
import dev.langchain4j.agentic.observability.AgentResponse;
import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.agentic.scope.AgenticScope;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseAgent;
import io.langfuse4j.instrumentation.Guard;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.lang.ref.Cleaner;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Agents, one inside the other, for the {@code listener} of the outermost:
 *
 * <pre>{@code
 * AgenticServices.sequenceBuilder(Writers.class).subAgents(author, editor)
 *     .listener(AgentTracing.listener())
 * }</pre>
 *
 * <p>An agent without agents below it is current while it works. One that leads others is not,
 * because the library does not say when it fails: it is found as the parent of those, on whatever
 * thread they work, and after a failure ended when the library has dropped its arguments.
 *
 * <p>In a class of its own, because the agentic module is one that an application has or has not.
 * Thread-safe.
 */
public final class AgentTracing implements AgentListener {

  private static final Cleaner CLEANER =
      Cleaner.create(
          work -> {
            Thread thread = new Thread(work, "langfuse-abandoned-agents");
            thread.setDaemon(true);
            return thread;
          });

  private final Supplier<Langfuse> langfuse;
  private final Map<Key, Running> running = new ConcurrentHashMap<>();

  private AgentTracing(Supplier<Langfuse> langfuse) {
    this.langfuse = langfuse;
  }

  /** Traces with {@link Langfuse#get()}. */
  public static AgentListener listener() {
    return new AgentTracing(Langfuse::get);
  }

  /** Traces with {@code langfuse}. */
  public static AgentListener listener(Langfuse langfuse) {
    return new AgentTracing(() -> langfuse);
  }

  @Override
  public boolean inheritedBySubagents() {
    return true;
  }

  @Override
  public void beforeAgentInvocation(AgentRequest request) {
    Guard.run("agent", () -> start(request));
  }

  @SuppressWarnings("try") // the scope is the point
  private void start(AgentRequest request) {
    Langfuse client = langfuse.get();
    if (!client.isEnabled()) {
      return;
    }
    AgentInstance agent = request.agent();
    Running parent = parent(request.agenticScope(), agent);
    Context context = parent == null ? Context.current() : parent.context;
    try (Scope scope = context.makeCurrent()) {
      LangfuseAgent observation = client.startObservation(agent.name(), AGENT);
      observation.input(request.inputs());
      Key key = Key.of(request.agenticScope(), agent);
      Running started = new Running(observation, agent.leaf());
      running.put(key, started);
      if (!agent.leaf()) {
        CLEANER.register(request.inputs(), () -> abandon(key, started));
      }
    }
    Running started = running.get(Key.of(request.agenticScope(), agent));
    if (started != null && agent.leaf()) {
      started.makeCurrent();
    }
  }

  private void abandon(Key key, Running forgotten) {
    running.remove(key, forgotten);
    forgotten.abandon();
  }

  private @Nullable Running parent(AgenticScope scope, AgentInstance agent) {
    for (AgentInstance above = agent.parent(); above != null; above = above.parent()) {
      Running found = running.get(Key.of(scope, above));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Override
  public void afterAgentInvocation(AgentResponse response) {
    Running ended = running.remove(Key.of(response.agenticScope(), response.agent()));
    if (ended != null) {
      ended.end(() -> ended.observation.output(response.output()), null);
    }
  }

  @Override
  public void onAgentInvocationError(AgentInvocationError failure) {
    Throwable cause = unwrapped(failure.error());
    Running ended = running.remove(Key.of(failure.agenticScope(), failure.agent()));
    if (ended != null) {
      ended.end(() -> ended.observation.fail(cause), null);
    }
    Running above = parent(failure.agenticScope(), failure.agent());
    if (above != null) {
      above.failure = cause;
      above.failedAt = Instant.now();
    }
  }

  /** The library calls agents by reflection and says so twice. */
  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof java.lang.reflect.InvocationTargetException
            || cause instanceof java.lang.reflect.UndeclaredThrowableException
            || cause.getClass().getSimpleName().equals("AgentInvocationException"))) {
      cause = cause.getCause();
    }
    return cause;
  }

  private record Key(Object memoryId, String agentId) {
    static Key of(AgenticScope scope, AgentInstance agent) {
      return new Key(scope.memoryId(), agent.agentId());
    }
  }

  /** An agent at work. Does not refer to its arguments, or those would never be dropped. */
  private static final class Running {

    private final LangfuseAgent observation;
    private final Context context;
    private final boolean leaf;
    private final Thread thread = Thread.currentThread();
    private final AtomicBoolean ended = new AtomicBoolean();
    private @Nullable Scope scope;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Instant failedAt;

    @SuppressWarnings("try") // made current only to learn the context
    Running(LangfuseAgent observation, boolean leaf) {
      this.observation = observation;
      this.leaf = leaf;
      try (Scope current = observation.makeCurrent()) {
        this.context = Context.current();
      }
    }

    @SuppressWarnings("MustBeClosedChecker") // closed at the end
    void makeCurrent() {
      if (leaf) {
        scope = context.makeCurrent();
      }
    }

    void end(Runnable outcome, @Nullable Instant time) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      Guard.run("agent", outcome);
      Scope current = scope;
      if (current != null && Thread.currentThread() == thread) {
        current.close();
      }
      observation.end(time);
    }

    void abandon() {
      Throwable cause = failure;
      end(() -> observation.fail(cause), failedAt);
    }
  }
}
