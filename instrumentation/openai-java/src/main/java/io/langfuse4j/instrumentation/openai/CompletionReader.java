package io.langfuse4j.instrumentation.openai;

import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Completions of a text, the API before chat. Streamed pieces are completions themselves. */
final class CompletionReader implements Reader {

  @Override
  public void request(ModelRequest request, Map<String, Object> body) {
    request.model(Json.string(body.remove("model"))).input(body.remove("prompt"));
    Parameters.add(request, body);
  }

  @Override
  public void response(ModelResponse response, Object answer) {
    Streamed whole = new Streamed();
    whole.add(answer);
    whole.describe(response);
  }

  @Override
  public StreamedAnswer<Object> streamed(boolean hidesUsage) {
    return new Streamed();
  }

  private static final class Streamed implements StreamedAnswer<Object> {

    private final Object lock = new Object();
    private final Map<Long, StringBuilder> texts = new TreeMap<>();
    private final Map<Long, String> finishReasons = new TreeMap<>();
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable Map<String, Object> usage;

    @Override
    public void add(Object item) {
      Map<String, Object> piece = Json.map(item);
      synchronized (lock) {
        id = piece.get("id") instanceof String given ? given : id;
        model = piece.get("model") instanceof String given ? given : model;
        Map<String, Object> reported = Json.object(piece.get("usage"));
        usage = reported == null ? usage : reported;
        Json.maps(piece.get("choices")).forEach(this::addChoice);
      }
    }

    private void addChoice(Map<String, Object> choice) {
      long index = choice.get("index") instanceof Number number ? number.longValue() : 0;
      Object text = choice.get("text");
      texts
          .computeIfAbsent(index, i -> new StringBuilder())
          .append(text instanceof String string ? string : "");
      if (choice.get("finish_reason") instanceof String reason) {
        finishReasons.put(index, reason);
      }
    }

    @Override
    public void describe(ModelResponse response) {
      synchronized (lock) {
        List<Object> all = new ArrayList<>();
        texts.values().forEach(text -> all.add(text.toString()));
        response
            .model(model)
            .usage(usage)
            .metadata("response_id", id)
            .output(Messages.oneOrAll(all));
        finishReasons.values().forEach(response::finishReason);
      }
    }
  }
}
