package io.langfuse4j.instrumentation.openai;

import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import java.util.Map;

/**
 * Reads requests and answers of one kind of operation. May throw: whoever calls it expects that of
 * foreign data. Stateless.
 */
interface Reader {

  /**
   * Describes a request.
   *
   * @param body the request as JSON; may be changed
   */
  void request(ModelRequest request, Map<String, Object> body);

  /** Describes an answer that came whole. */
  void response(ModelResponse response, Object answer);

  /**
   * Collects an answer that is streamed.
   *
   * @param hidesUsage whether the application did not ask for the chunk that has the usage
   */
  default StreamedAnswer<Object> streamed(boolean hidesUsage) {
    return new LastEvent(this);
  }
}
