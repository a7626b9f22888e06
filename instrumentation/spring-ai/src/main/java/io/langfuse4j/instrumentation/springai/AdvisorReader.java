package io.langfuse4j.instrumentation.springai;

import static io.langfuse4j.ObservationType.CHAIN;

import io.langfuse4j.Langfuse;
import io.micrometer.observation.Observation;
import io.opentelemetry.context.Context;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationContext;

/**
 * Advisors. Those that only call the model, and the one that calls tools, are how Spring AI works
 * and not something that the application does; they are left out.
 */
final class AdvisorReader extends StepReader<AdvisorObservationContext> {

  private static final Set<String> MACHINERY =
      Set.of("call", "stream", "Tool Calling Advisor", FirstTokenAdvisor.NAME);

  AdvisorReader() {
    super(AdvisorObservationContext.class);
  }

  @Override
  public Step start(Langfuse langfuse, Observation.Context context, @Nullable Step parent) {
    AdvisorObservationContext advisor = cast(context);
    if (MACHINERY.contains(advisor.getAdvisorName())) {
      return Step.transparent(parent, Context.current());
    }
    return Step.of(
        langfuse
            .startObservation(advisor.getAdvisorName(), CHAIN)
            .input(ChatMessages.all(advisor.getChatClientRequest().prompt().getInstructions())),
        parent);
  }

  @Override
  @Nullable Object output(AdvisorObservationContext context) {
    ChatClientResponse response = context.getChatClientResponse();
    return response == null ? null : ChatMessages.answer(response.chatResponse());
  }
}
