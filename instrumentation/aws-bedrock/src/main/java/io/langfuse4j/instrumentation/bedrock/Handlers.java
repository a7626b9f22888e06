package io.langfuse4j.instrumentation.bedrock;

import io.langfuse4j.instrumentation.StreamedCall;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.awscore.eventstream.EventStreamResponseHandler;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/**
 * Handlers that take note of what is streamed and pass everything on, in the context of the caller,
 * which the SDK's own threads do not have.
 */
final class Handlers {

  private Handlers() {}

  static final class OfConverse extends Following<ConverseStreamResponse, ConverseStreamOutput>
      implements ConverseStreamResponseHandler {

    OfConverse(ConverseStreamResponseHandler handler, StreamedCall<Object> call, Context caller) {
      super(handler, call, caller);
    }
  }

  static final class OfInvoke
      extends Following<InvokeModelWithResponseStreamResponse, ResponseStream>
      implements InvokeModelWithResponseStreamResponseHandler {

    OfInvoke(
        InvokeModelWithResponseStreamResponseHandler handler,
        StreamedCall<Object> call,
        Context caller) {
      super(handler, call, caller);
    }
  }

  @SuppressWarnings("try") // the scopes are the point
  private abstract static class Following<R, E> implements EventStreamResponseHandler<R, E> {

    private final EventStreamResponseHandler<R, E> handler;
    private final StreamedCall<Object> call;
    private final Context caller;

    Following(EventStreamResponseHandler<R, E> handler, StreamedCall<Object> call, Context caller) {
      this.handler = handler;
      this.call = call;
      this.caller = caller;
    }

    @Override
    public void responseReceived(R response) {
      try (Scope scope = caller.makeCurrent()) {
        handler.responseReceived(response);
      }
    }

    @Override
    public void onEventStream(SdkPublisher<E> events) {
      try (Scope scope = caller.makeCurrent()) {
        handler.onEventStream(
            SdkPublisher.adapt(
                subscriber -> events.subscribe(new Observed<E>(subscriber, call, caller))));
      }
    }

    /** One attempt failed; whether the call did is known when its future is done. */
    @Override
    public void exceptionOccurred(Throwable thrown) {
      try (Scope scope = caller.makeCurrent()) {
        handler.exceptionOccurred(thrown);
      }
    }

    @Override
    public void complete() {
      call.complete();
      try (Scope scope = caller.makeCurrent()) {
        handler.complete();
      }
    }
  }

  @SuppressWarnings("try") // the scopes are the point
  private record Observed<E>(
      Subscriber<? super E> subscriber, StreamedCall<Object> call, Context caller)
      implements Subscriber<E> {

    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long number) {
              subscription.request(number);
            }

            @Override
            public void cancel() {
              call.closeEarly();
              subscription.cancel();
            }
          });
    }

    @Override
    public void onNext(E event) {
      call.item(event);
      try (Scope scope = caller.makeCurrent()) {
        subscriber.onNext(event);
      }
    }

    @Override
    public void onError(Throwable thrown) {
      try (Scope scope = caller.makeCurrent()) {
        subscriber.onError(thrown);
      }
    }

    /** Before the handler's own, which comes only after the subscriber has gone on. */
    @Override
    public void onComplete() {
      call.complete();
      try (Scope scope = caller.makeCurrent()) {
        subscriber.onComplete();
      }
    }
  }
}
