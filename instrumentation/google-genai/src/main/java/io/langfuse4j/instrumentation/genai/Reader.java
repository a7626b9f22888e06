package io.langfuse4j.instrumentation.genai;

import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.List;
import java.util.Map;

/** Reads requests and answers of one kind of call. May throw on unexpected data. Stateless. */
interface Reader {

  void request(ModelRequest request, String model, Map<String, Object> body);

  /** Describes an answer from its pieces; one that came whole is one piece. */
  void response(ModelResponse response, List<Map<String, Object>> pieces);
}
