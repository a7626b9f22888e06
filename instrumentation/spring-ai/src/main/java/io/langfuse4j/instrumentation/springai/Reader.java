package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.Langfuse;
import io.micrometer.observation.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Knows one kind of observation. Implementations are thread-safe. */
interface Reader {

  boolean reads(Observation.Context context);

  /** Starts the observation, below what is current. */
  Step start(Langfuse langfuse, Observation.Context context, @Nullable Step parent);

  /** Describes what came of it and ends it. */
  void stop(Observation.Context context, Step step);

  /** The readers for those parts of Spring AI that the application has. */
  static List<Reader> available() {
    List<Reader> available = new ArrayList<>();
    List<Supplier<Reader>> all =
        List.of(
            ChatModelReader::new,
            ToolReader::new,
            ChatClientReader::new,
            AdvisorReader::new,
            EmbeddingReader::new,
            ImageReader::new,
            VectorStoreReader::new);
    for (Supplier<Reader> reader : all) {
      try {
        Reader loaded = reader.get();
        loaded.reads(new Observation.Context());
        available.add(loaded);
      } catch (LinkageError partMissing) {
        // An application without, for example, vector stores.
      }
    }
    return available;
  }
}
