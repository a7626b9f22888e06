package io.langfuse4j.instrumentation.openai;

import static io.langfuse4j.ObservationType.EMBEDDING;
import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.SPAN;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which methods of which services are traced, and as what. By name, because services differ between
 * versions of the library; the blocking, the asynchronous and the raw form of a service are one.
 */
final class Operations {

  private static final Pattern SERVICE =
      Pattern.compile(
          "com\\.openai\\.services\\.(?:blocking|async)\\.([\\w.]+Service)"
              + "(?:Async)?(?:\\$WithRawResponse)?");

  private static final Map<String, Operation> BY_NAME = new HashMap<>();

  // The methods are those of the library's interfaces; there are some hundreds.
  private static final Map<Method, Optional<Operation>> BY_METHOD = new ConcurrentHashMap<>();

  static {
    add("chat.ChatCompletionService", generation("generation", new ChatReader()), "create*");
    Operation responses = generation("generation", new ResponsesReader());
    add("ResponseService", responses, "create*", "compact");
    add("beta.ResponseService", responses, "create*", "compact");
    add("CompletionService", generation("generation", new CompletionReader()), "create*");
    add(
        "EmbeddingService",
        new Operation("OpenAI-embedding", EMBEDDING, new EmbeddingReader()),
        "create");
    Operation images = generation("image", new ImageReader());
    add("ImageService", images, "generate*", "edit*", "createVariation");
    add("audio.SpeechService", generation("speech", new SpeechReader()), "create");
    Reader transcripts = new TranscriptReader();
    add("audio.TranscriptionService", generation("transcription", transcripts), "create*");
    add("audio.TranslationService", generation("translation", transcripts), "create");
    add("ModerationService", generation("moderation", new ModerationReader()), "create");
    for (String method : new String[] {"create", "retrieve", "list", "cancel"}) {
      add("BatchService", span("batches." + method), method);
    }
    for (String method : new String[] {"create", "retrieve", "list", "delete", "content"}) {
      add("FileService", span("files." + method), method);
    }
  }

  private Operations() {}

  private static Operation generation(String kind, Reader reader) {
    return new Operation("OpenAI-" + kind, GENERATION, reader);
  }

  private static Operation span(String what) {
    return new Operation("OpenAI-" + what, SPAN, new ResourceReader());
  }

  /** A star stands for the method and its streaming form. */
  private static void add(String service, Operation operation, String... methods) {
    for (String method : methods) {
      String plain = method.replace("*", "");
      BY_NAME.put(service + "." + plain, operation);
      if (method.endsWith("*")) {
        BY_NAME.put(service + "." + plain + "Streaming", operation);
      }
    }
  }

  static @Nullable Operation of(Method method) {
    Optional<Operation> known = BY_METHOD.get(method);
    if (known == null) {
      known = BY_METHOD.computeIfAbsent(method, Operations::find);
    }
    return known.orElse(null);
  }

  private static Optional<Operation> find(Method method) {
    Matcher service = SERVICE.matcher(method.getDeclaringClass().getName());
    return service.matches()
        ? Optional.ofNullable(BY_NAME.get(service.group(1) + "." + method.getName()))
        : Optional.empty();
  }
}
