package io.langfuse4j.javaagent;

import io.langfuse4j.Langfuse;
import io.langfuse4j.async.AnnotatedAsyncSubject;
import io.langfuse4j.async.AsyncContract;
import io.langfuse4j.async.AsyncSubject;

/** Runs inside a JVM that was started with the agent. */
class AgentAsyncContract extends AsyncContract {

  @Override
  protected AsyncSubject observed(Langfuse langfuse) {
    return new AnnotatedAsyncSubject();
  }
}
