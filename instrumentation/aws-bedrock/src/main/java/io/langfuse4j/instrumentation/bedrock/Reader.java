package io.langfuse4j.instrumentation.bedrock;

import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import software.amazon.awssdk.core.SdkPojo;

/** Reads requests and answers of one operation. May throw on unexpected data. */
interface Reader {

  default boolean isEmbedding() {
    return false;
  }

  void request(ModelRequest request, SdkPojo model);

  void response(ModelResponse response, SdkPojo model);

  /** Collects the events of an answer that is streamed. */
  StreamedAnswer<Object> streamed();
}
