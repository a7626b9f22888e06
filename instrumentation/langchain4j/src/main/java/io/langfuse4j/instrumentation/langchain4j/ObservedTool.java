package io.langfuse4j.instrumentation.langchain4j;

import static io.langfuse4j.ObservationType.TOOL;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseTool;
import io.langfuse4j.Level;
import io.opentelemetry.context.Context;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Observes a tool while it runs, so that what it does is inside, on whatever thread the library
 * runs it. Thread-safe if the tool is.
 */
final class ObservedTool implements ToolExecutor {

  private final ToolExecutor tool;
  private final Supplier<Langfuse> langfuse;

  private ObservedTool(ToolExecutor tool, Supplier<Langfuse> langfuse) {
    this.tool = tool;
    this.langfuse = langfuse;
  }

  static ToolExecutor wrap(ToolExecutor tool, Supplier<Langfuse> langfuse) {
    return tool instanceof ObservedTool ? tool : new ObservedTool(tool, langfuse);
  }

  @Override
  public String execute(ToolExecutionRequest request, Object memoryId) {
    return Steps.observe(
        langfuse,
        request.name(),
        TOOL,
        null,
        observation -> describe(observation, request),
        () -> tool.execute(request, memoryId),
        outcome -> outcome.observation().output(outcome.result()));
  }

  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, InvocationContext context) {
    Invocation invocation = Invocation.of(context);
    if (invocation != null) {
      invocation.observed(request);
    }
    Context parent = invocation == null ? null : invocation.context();
    try {
      return Steps.observe(
          langfuse,
          request.name(),
          TOOL,
          parent,
          observation -> describe(observation, request),
          () -> tool.executeWithContext(request, context),
          outcome -> describe(outcome.observation(), outcome.result()));
    } catch (Error e) {
      Invocation.failHere(e);
      throw e;
    }
  }

  static void describe(LangfuseTool observation, ToolExecutionRequest request) {
    observation.input(request.arguments()).metadata("tool_call_id", request.id());
  }

  private static void describe(LangfuseTool observation, @Nullable ToolExecutionResult result) {
    if (result == null) {
      return;
    }
    observation.output(result.resultText());
    if (result.isError()) {
      observation.level(Level.ERROR).statusMessage(result.resultText());
    }
  }
}
