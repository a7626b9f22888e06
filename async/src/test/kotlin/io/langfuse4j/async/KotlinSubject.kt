package io.langfuse4j.async

import io.langfuse4j.Langfuse
import io.langfuse4j.Observe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** What an application written in Kotlin has. */
interface KotlinSubject {
  suspend fun ask(langfuse: Langfuse, question: String): String

  suspend fun immediate(question: String): String

  suspend fun unit(question: String)

  suspend fun fail(failure: Throwable, later: Boolean): String

  suspend fun forever(started: CompletableDeferred<Unit>)

  suspend fun factorial(n: Long): Long

  fun tokens(langfuse: Langfuse, failure: Throwable?): Flow<String>

  suspend fun later(langfuse: Langfuse): Flow<String>
}

open class AnnotatedKotlinSubject : KotlinSubject {

  @Observe(type = Observe.Type.GENERATION)
  override suspend fun ask(
    @Observe.Parameter(capture = false) langfuse: Langfuse,
    question: String
  ): String {
    val first = langfuse.observing("child") { question }
    delay(1)
    val second = langfuse.observing("child") { "!" }
    delay(1)
    return first + second
  }

  @Observe override suspend fun immediate(question: String): String = question + "!"

  @Observe
  override suspend fun unit(question: String) {
    delay(1)
  }

  @Observe
  override suspend fun fail(failure: Throwable, later: Boolean): String {
    if (later) {
      delay(1)
    }
    throw failure
  }

  @Observe
  override suspend fun forever(started: CompletableDeferred<Unit>) {
    started.complete(Unit)
    delay(Long.MAX_VALUE)
  }

  @Observe
  override suspend fun factorial(n: Long): Long {
    delay(1)
    return if (n < 2) 1 else n * factorial(n - 1)
  }

  @Observe(type = Observe.Type.GENERATION)
  override fun tokens(
    @Observe.Parameter(capture = false) langfuse: Langfuse,
    @Observe.Parameter(capture = false) failure: Throwable?
  ): Flow<String> = flow {
    emit(langfuse.observing("child") { "a" })
    delay(1)
    emit(langfuse.observing("child") { "b" })
    if (failure != null) {
      throw failure
    }
  }

  @Observe
  override suspend fun later(@Observe.Parameter(capture = false) langfuse: Langfuse): Flow<String> {
    delay(1)
    return flow { emit("late") }
  }
}
