package io.langfuse4j.examples.quarkus;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.inject.Instance;

/** A Quarkus application; that langfuse4j-cdi is there is enough. */
@QuarkusMain
public class Application implements QuarkusApplication {

  private final Pipeline pipeline;
  private final Instance<Assistant> assistant;

  Application(Pipeline pipeline, Instance<Assistant> assistant) {
    this.pipeline = pipeline;
    this.assistant = assistant;
  }

  /** With a question asks the model; without one runs the pipeline, which needs no key. */
  @Override
  public int run(String... question) {
    System.out.println(
        question.length == 0
            ? pipeline.myLlmPipeline("user_123", "session_abc")
            : assistant.get().answer(String.join(" ", question)));
    return 0;
  }
}
