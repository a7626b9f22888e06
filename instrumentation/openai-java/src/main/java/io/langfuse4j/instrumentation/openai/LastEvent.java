package io.langfuse4j.instrumentation.openai;

import com.openai.core.JsonValue;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Streams of images and transcripts: the last event has the whole answer and the usage. Of one that
 * is cut the text so far is kept.
 */
final class LastEvent implements StreamedAnswer<Object> {

  private final Reader reader;
  private final Object lock = new Object();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Map<String, JsonValue> last;

  LastEvent(Reader reader) {
    this.reader = reader;
  }

  @Override
  public void add(Object item) {
    Map<String, JsonValue> event = Json.event(item);
    synchronized (lock) {
      last = event;
      String piece = Json.text(event, "delta");
      text.append(piece == null ? "" : piece);
    }
  }

  @Override
  public void describe(ModelResponse response) {
    synchronized (lock) {
      if (last == null) {
        return;
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      if (text.length() > 0) {
        answer.put("text", text.toString());
      }
      answer.putAll(Json.map(JsonValue.from(last)));
      answer.remove("delta");
      reader.response(response, answer);
    }
  }
}
