package io.langfuse4j.instrumentation.genai;

import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Collects the pieces of an answer as JSON text, and describes them when the call ends. */
final class Answer implements StreamedAnswer<String> {

  private final Route route;
  private final @Nullable Response refused;
  private final Object lock = new Object();
  private final List<String> pieces = new ArrayList<>();

  Answer(Route route, @Nullable Response refused) {
    this.route = route;
    this.refused = refused;
  }

  /** The response if the provider refused, else null. */
  @Nullable Response refused() {
    return refused;
  }

  @Override
  public void add(String piece) {
    synchronized (lock) {
      pieces.add(piece);
    }
  }

  @Override
  public void describe(ModelResponse response) {
    Response failed = refused;
    if (failed != null) {
      response.metadata("http_status", failed.code());
      return;
    }
    List<Map<String, Object>> read = new ArrayList<>();
    synchronized (lock) {
      pieces.forEach(piece -> read.add(Json.map(piece)));
    }
    route.reader().response(response, read);
  }
}
