package io.langfuse4j.examples.quarkus;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** A Quarkus application; that langfuse4j-cdi is there is enough. */
@QuarkusMain
public class Application implements QuarkusApplication {

  private final Pipeline pipeline;

  Application(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public int run(String... arguments) {
    System.out.println(pipeline.myLlmPipeline("user_123", "session_abc"));
    return 0;
  }
}
