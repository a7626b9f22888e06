package io.langfuse4j.instrumentation.langchain4j;

import static io.langfuse4j.ObservationType.AGENT;
import static io.langfuse4j.ObservationType.CHAIN;
import static io.langfuse4j.ObservationType.GUARDRAIL;
import static io.langfuse4j.ObservationType.TOOL;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.guardrail.InputGuardrailRequest;
import dev.langchain4j.guardrail.OutputGuardrailRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.observability.api.event.AiServiceCompletedEvent;
import dev.langchain4j.observability.api.event.AiServiceErrorEvent;
import dev.langchain4j.observability.api.event.AiServiceEvent;
import dev.langchain4j.observability.api.event.AiServiceRequestIssuedEvent;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.observability.api.event.GuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.InputGuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.OutputGuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.ToolExecutedEvent;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseGuardrail;
import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.LangfuseTool;
import io.langfuse4j.Level;
import io.langfuse4j.instrumentation.Guard;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What LangChain4j keeps of an AI service, with everything that the service works with observed:
 * models, tools, retrieval. Replaced when a call starts rather than when the service is built,
 * because until then the builder may be told otherwise.
 */
final class ObservedServiceContext extends AiServiceContext {

  private final Supplier<Langfuse> langfuse;
  private final LangfuseLangChain4jBuilder wrappers;

  ObservedServiceContext(Class<?> service, Supplier<Langfuse> langfuse) {
    super(service);
    this.langfuse = langfuse;
    this.wrappers = new LangfuseLangChain4jBuilder(langfuse);
    on(AiServiceStartedEvent.class, this::started);
    on(AiServiceRequestIssuedEvent.class, this::issued);
    on(ToolExecutedEvent.class, this::toolExecuted);
    on(InputGuardrailExecutedEvent.class, this::inputChecked);
    on(OutputGuardrailExecutedEvent.class, this::outputChecked);
    on(AiServiceCompletedEvent.class, this::completed);
    on(AiServiceErrorEvent.class, this::failed);
  }

  private <T extends AiServiceEvent> void on(Class<T> type, Consumer<T> action) {
    eventListenerRegistrar.register(
        new AiServiceListener<T>() {
          @Override
          public Class<T> getEventClass() {
            return type;
          }

          @Override
          public void onEvent(T event) {
            Guard.run(type.getSimpleName(), () -> action.accept(event));
          }
        });
  }

  private void started(AiServiceStartedEvent event) {
    Langfuse client = langfuse.get();
    if (!client.isEnabled()) {
      return;
    }
    InvocationContext context = event.invocationContext();
    observeParts();
    LangfuseObservation<?> observation = start(client, context);
    Invocation.start(context.invocationId(), observation, !isStreaming(context));
    describe(observation, event);
  }

  private static void describe(LangfuseObservation<?> observation, AiServiceStartedEvent event) {
    List<ChatMessage> messages = new ArrayList<>();
    event.systemMessage().ifPresent(messages::add);
    messages.add(event.userMessage());
    observation.input(ChatMessages.all(messages));
    Object memory = event.invocationContext().chatMemoryId();
    if (memory != null && !"default".equals(memory)) {
      observation.metadata("chat_memory_id", memory.toString());
    }
  }

  private LangfuseObservation<?> start(Langfuse client, InvocationContext context) {
    String service = context.interfaceName();
    String name = service.substring(service.lastIndexOf('.') + 1) + "." + context.methodName();
    String shown = name.substring(name.lastIndexOf('$') + 1);
    return toolService.toolExecutors().isEmpty()
        ? client.startObservation(shown, CHAIN)
        : client.startObservation(shown, AGENT);
  }

  private void observeParts() {
    if (chatModel != null) {
      chatModel = wrappers.wrap(chatModel);
    }
    if (streamingChatModel != null) {
      streamingChatModel = wrappers.wrap(streamingChatModel);
    }
    if (retrievalAugmentor != null) {
      retrievalAugmentor = wrappers.wrap(retrievalAugmentor);
    }
    toolService.toolExecutors().replaceAll((name, tool) -> ObservedTool.wrap(tool, langfuse));
  }

  /** A streaming call returns long before its end, so that nothing may stay current. */
  private boolean isStreaming(InvocationContext context) {
    if (streamingChatModel == null || chatModel == null) {
      return chatModel == null;
    }
    return Arrays.stream(aiServiceClass.getMethods())
        .filter(method -> method.getName().equals(context.methodName()))
        .filter(method -> method.getParameterCount() == context.methodArguments().size())
        .map(Method::getReturnType)
        .anyMatch(ObservedServiceContext::isStream);
  }

  private static boolean isStream(Class<?> type) {
    return type == TokenStream.class
        || type.getName().endsWith(".Flux")
        || type.getName().endsWith(".Multi")
        || type.getName().endsWith("Publisher");
  }

  private void issued(AiServiceRequestIssuedEvent event) {
    Invocation invocation = Invocation.of(event.invocationContext());
    if (invocation != null
        && streamingChatModel != null
        && isStreaming(event.invocationContext())) {
      invocation.issue();
    }
  }

  /** Tools that a provider brings for one call are seen only now. */
  private void toolExecuted(ToolExecutedEvent event) {
    inside(
        event,
        invocation -> {
          if (!invocation.hasObserved(event.request())) {
            LangfuseTool tool = langfuse.get().startObservation(event.request().name(), TOOL);
            ObservedTool.describe(tool, event.request());
            tool.output(event.resultText()).end();
          }
        });
  }

  private void inputChecked(InputGuardrailExecutedEvent event) {
    InputGuardrailRequest request = event.request();
    guardrail(event, ChatMessages.one(request.userMessage()).get("content"));
  }

  private void outputChecked(OutputGuardrailExecutedEvent event) {
    OutputGuardrailRequest request = event.request();
    ChatResponse response = request.responseFromLLM();
    guardrail(event, response == null ? null : ChatMessages.one(response.aiMessage()));
  }

  private void guardrail(GuardrailExecutedEvent<?, ?, ?> event, @Nullable Object checked) {
    inside(
        event,
        invocation -> {
          Instant end = Instant.now();
          LangfuseGuardrail guardrail =
              langfuse
                  .get()
                  .startObservation(
                      event.guardrailClass().getSimpleName(),
                      GUARDRAIL,
                      options -> options.startTime(end.minus(event.duration())));
          guardrail.input(checked).output(event.result().asString());
          guardrail.metadata("result", event.result().result().name());
          if (!event.result().isSuccess()) {
            guardrail.level(event.result().isFatal() ? Level.ERROR : Level.WARNING);
            guardrail.statusMessage(event.result().asString());
          }
          guardrail.end(end);
        });
  }

  @SuppressWarnings("try") // the scope is the point
  private static void inside(AiServiceEvent event, Consumer<Invocation> action) {
    Invocation invocation = Invocation.of(event.invocationContext());
    if (invocation != null) {
      try (Scope scope = invocation.context().makeCurrent()) {
        action.accept(invocation);
      }
    }
  }

  private void completed(AiServiceCompletedEvent event) {
    Invocation invocation = Invocation.of(event.invocationContext());
    if (invocation != null) {
      invocation.complete(output(event.result().orElse(null)));
    }
  }

  private static @Nullable Object output(@Nullable Object result) {
    if (result instanceof Result<?> detailed) {
      return detailed.content();
    }
    return result instanceof ChatResponse response
        ? ChatMessages.one(response.aiMessage())
        : result;
  }

  private void failed(AiServiceErrorEvent event) {
    Invocation invocation = Invocation.of(event.invocationContext());
    if (invocation != null) {
      invocation.fail(event.error());
    }
  }
}
