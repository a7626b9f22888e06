package io.langfuse4j.server.http;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Takes requests whose body may be larger than memory. Called in the lane of its route. */
public interface Upload {

  /** Where bodies are kept while they come; made when the first one does. */
  Path folder();

  /**
   * Called before anything of the body is read.
   *
   * @throws ApiException if it is not wanted at all
   */
  Expected expect(Request request);

  /**
   * A body that is wanted.
   *
   * @param bytes how many it may have
   * @param received answers when all of it is there
   */
  record Expected(long bytes, Function<ReceivedFile, CompletionStage<Response>> received) {}
}
