package io.langfuse4j.javaagent;

import io.langfuse4j.Langfuse;
import io.langfuse4j.async.AnnotatedKotlinSubject;
import io.langfuse4j.async.KotlinContract;
import io.langfuse4j.async.KotlinSubject;

/** Runs inside a JVM that was started with the agent. */
class AgentKotlinContract extends KotlinContract {

  @Override
  protected KotlinSubject observed(Langfuse langfuse) {
    return new AnnotatedKotlinSubject();
  }
}
