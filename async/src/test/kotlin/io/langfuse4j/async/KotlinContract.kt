package io.langfuse4j.async

import io.langfuse4j.Langfuse
import io.langfuse4j.testing.ContractResults
import io.langfuse4j.testing.OtlpSink
import io.langfuse4j.testing.RecordedSpan
import io.langfuse4j.testing.Requirement
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.catchThrowable
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** What observed `suspend` functions and flows look like, whichever way they came to be observed. */
@Requirement("R26", "R40")
@ExtendWith(ContractResults::class)
abstract class KotlinContract {

  private val sink = OtlpSink()
  private val langfuse =
    Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build()
  private lateinit var subject: KotlinSubject

  /** The subject of [AnnotatedKotlinSubject], observed by `langfuse`. */
  protected abstract fun observed(langfuse: Langfuse): KotlinSubject

  /** False for ways in that see a call only from outside its class. */
  protected open fun seesCallsWithinAClass(): Boolean = true

  @BeforeEach
  fun start() {
    Langfuse.setDefault(langfuse)
    subject = observed(langfuse)
  }

  @AfterEach
  fun stop() {
    Langfuse.setDefault(null)
    langfuse.close()
    sink.close()
  }

  private fun span(name: String): RecordedSpan {
    assertThat(langfuse.flush()).isTrue()
    return sink.span(name)
  }

  private fun spans(name: String) = sink.spans().filter { it.name() == name }

  @Test
  fun suspendFunction_waitsOnOtherThreads_isOneObservationAroundAllOfIt() {
    var outside: String? = "none"
    var outer: String? = null

    val answer =
      langfuse.observe<String, RuntimeException>("outer") { o ->
        outer = o.id()
        runBlocking {
          val result = subject.ask(langfuse, "why?")
          outside = langfuse.currentObservationId()
          result
        }
      }

    assertThat(answer).isEqualTo("why?!")
    val span = span("ask")
    assertThat(span.parentSpanId()).isEqualTo(outer)
    assertThat(span.type()).isEqualTo("generation")
    assertThat(span.observation("input")).isEqualTo("{\"question\":\"why?\"}")
    assertThat(span.observation("output")).isEqualTo("why?!")
    assertThat(spans("ask")).hasSize(1)
    assertThat(spans("child")).hasSize(2).allMatch { it.parentSpanId() == span.spanId() }
    assertThat(outside).isEqualTo(outer)
    assertThat(langfuse.currentObservationId()).isNull()
  }

  @Test
  fun suspendFunction_onAnotherDispatcher_staysInsideItsObservation() {
    runBlocking(Dispatchers.Default) { subject.ask(langfuse, "why?") }

    val span = span("ask")
    assertThat(spans("child")).hasSize(2).allMatch { it.parentSpanId() == span.spanId() }
  }

  @Test
  fun suspendFunction_neverWaits_recordsItsResult() {
    assertThat(runBlocking { subject.immediate("yes") }).isEqualTo("yes!")

    assertThat(span("immediate").observation("output")).isEqualTo("yes!")
  }

  @Test
  fun suspendFunction_withoutResult_hasNoOutput() {
    runBlocking { subject.unit("x") }

    assertThat(span("unit").observation("output")).isNull()
    assertThat(span("unit").observation("input")).isEqualTo("{\"question\":\"x\"}")
  }

  @Test
  fun suspendFunction_fails_isAnErrorAndTheSameException() {
    for (later in listOf(false, true)) {
      sink.clear()
      // Of a class that coroutines cannot copy to add their own stack.
      class Overloaded(val a: Int, val b: Int) : IllegalStateException("overloaded")
      val failure = Overloaded(1, 2)

      val thrown = catchThrowable { runBlocking { subject.fail(failure, later) } }

      assertThat(thrown).isSameAs(failure)
      assertThat(span("fail").observation("level")).isEqualTo("ERROR")
      assertThat(span("fail").observation("status_message")).isEqualTo("overloaded")
    }
  }

  @Test
  fun suspendFunction_cancelled_isAnError() {
    runBlocking {
      val started = CompletableDeferred<Unit>()
      val job = launch { subject.forever(started) }
      started.await()
      job.cancel()
      job.join()
    }

    assertThat(span("forever").observation("level")).isEqualTo("ERROR")
  }

  @Test
  fun suspendFunction_callsItself_nests() {
    assumeTrue(seesCallsWithinAClass(), "a proxy does not see what an object calls of itself")

    assertThat(runBlocking { subject.factorial(3) }).isEqualTo(6)

    langfuse.flush()
    val spans = spans("factorial")
    assertThat(spans.map { it.observation("output") }).containsExactly("1", "2", "6")
    assertThat(spans[0].parentSpanId()).isEqualTo(spans[1].spanId())
    assertThat(spans[1].parentSpanId()).isEqualTo(spans[2].spanId())
  }

  @Test
  fun suspendFunction_concurrentCalls_doNotMix() {
    runBlocking(Dispatchers.Default) {
      repeat(50) { launch { langfuseIndependent(it) } }
    }

    langfuse.flush()
    val asked = spans("ask").associateBy { it.spanId() }
    assertThat(asked).hasSize(50)
    val children = spans("child").groupBy { it.parentSpanId() }
    assertThat(children.keys).isEqualTo(asked.keys)
    assertThat(children.values).allMatch { it.size == 2 }
  }

  private suspend fun langfuseIndependent(number: Int) {
    assertThat(subject.ask(langfuse, "$number")).isEqualTo("$number!")
  }

  @Test
  fun suspendFunctionThatReturnsAFlow_isObservedUntilTheFlowEnds() {
    val items = runBlocking { subject.later(langfuse).toList() }

    assertThat(items).containsExactly("late")
    assertThat(span("later").observation("output")).isEqualTo("late")
  }

  @Test
  fun flow_notCollected_isNotRun() {
    val flow = subject.tokens(langfuse, null)

    langfuse.flush()
    assertThat(sink.names()).isEmpty()
    assertThat(flow).isNotNull()
  }

  @Test
  fun flow_eachCollection_isAnObservation() {
    val flow = subject.tokens(langfuse, null)
    val seen = mutableListOf<String?>()

    val items =
      runBlocking {
        flow.toList() +
          flow
            .map {
              seen.add(langfuse.currentObservationId())
              it
            }
            .toList()
      }

    assertThat(items).containsExactly("a", "b", "a", "b")
    langfuse.flush()
    assertThat(spans("tokens"))
      .hasSize(2)
      .allMatch { it.observation("output") == "ab" }
      .allMatch { it.observation("completion_start_time") != null }
    assertThat(spans("child").map { it.parentSpanId() }.toSet())
      .isEqualTo(spans("tokens").map { it.spanId() }.toSet())
    assertThat(seen).containsExactly(null, null)
  }

  @Test
  fun flow_collectedWithinAFlow_keepsTheContextThatFlowsInsistOn() {
    val around = flow { subject.tokens(langfuse, null).collect { emit(it + it) } }

    val items = runBlocking { around.map { delay(1); it }.toList() }

    assertThat(items).containsExactly("aa", "bb")
    assertThat(span("tokens").observation("output")).isEqualTo("ab")
  }

  @Test
  fun flow_consumerHasEnough_keepsWhatCame() {
    val items = runBlocking { subject.tokens(langfuse, null).take(1).toList() }

    assertThat(items).containsExactly("a")
    assertThat(span("tokens").observation("output")).isEqualTo("a")
    assertThat(span("tokens").observation("level")).isNull()
  }

  @Test
  fun flow_fails_isAnErrorWithWhatCame() {
    class Overloaded(val a: Int, val b: Int) : IllegalStateException("overloaded")
    val failure = Overloaded(1, 2)

    val thrown = catchThrowable { runBlocking { subject.tokens(langfuse, failure).toList() } }

    assertThat(thrown).isSameAs(failure)
    assertThat(span("tokens").observation("output")).isEqualTo("ab")
    assertThat(span("tokens").observation("status_message")).isEqualTo("overloaded")
  }
}
