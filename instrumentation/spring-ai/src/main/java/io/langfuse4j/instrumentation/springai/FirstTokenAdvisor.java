package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.instrumentation.Guard;
import io.langfuse4j.instrumentation.ModelCall;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;

/** Stands last before the model and tells the call what comes of it. Thread-safe. */
final class FirstTokenAdvisor implements StreamAdvisor {

  static final String NAME = "langfuse";

  @Override
  public String getName() {
    return NAME;
  }

  /** Just before the advisor that calls the model, which is the last. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 1;
  }

  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    return Flux.deferContextual(
        context -> {
          Observation mine = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
          Step step = mine == null ? null : Step.nearest(mine.getContextView());
          Flux<ChatClientResponse> answer = chain.nextStream(request);
          // Of several of us, the client's own and the agent's, the first one listens.
          if (step == null || context.getOrDefault(NAME, null) == step) {
            return answer;
          }
          StreamReading reading = new StreamReading();
          step.conversation().reading = reading;
          return answer
              .doOnNext(chunk -> received(step, chunk))
              .doOnTerminate(reading::end)
              .doOnCancel(reading::end)
              .contextWrite(inner -> inner.put(NAME, step));
        });
  }

  private static void received(Step above, ChatClientResponse chunk) {
    Guard.run(
        "stream",
        () -> {
          Step step = above.modelCall;
          ModelCall call = step == null ? null : step.call;
          ChatResponse response = chunk.chatResponse();
          if (call != null && response != null && !response.getResults().isEmpty()) {
            call.received();
            add(step == null ? null : step.stream, response);
          }
        });
  }

  private static void add(@Nullable StreamedChat stream, ChatResponse response) {
    if (stream != null) {
      stream.add(response);
    }
  }
}
