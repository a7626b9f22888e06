package io.langfuse4j.async

import io.langfuse4j.Langfuse
import io.langfuse4j.LangfuseObservation
import io.langfuse4j.LangfuseSpan
import io.langfuse4j.ObservationType

// Quoted in docs/observe.md.

// tag::kotlin-blocks[]
fun <T> Langfuse.observing(name: String, body: (LangfuseSpan) -> T): T =
  observe<T, Exception>(name) { body(it) }

fun <O : LangfuseObservation<O>, T> Langfuse.observing(
  name: String,
  type: ObservationType<O>,
  body: (O) -> T
): T = observe<O, T, Exception>(name, type) { body(it) }
// end::kotlin-blocks[]

internal fun answer(langfuse: Langfuse): String =
  // tag::kotlin-use[]
  langfuse.observing("answer", ObservationType.GENERATION) { generation ->
    generation.model("gpt-4o").usage(mapOf("input" to 10, "output" to 5))
    "Paris"
  }
  // end::kotlin-use[]
