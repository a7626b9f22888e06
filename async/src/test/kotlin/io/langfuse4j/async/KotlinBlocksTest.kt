package io.langfuse4j.async

import io.langfuse4j.Langfuse
import io.langfuse4j.testing.OtlpSink
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Blocks of Kotlin around what the guide says. */
internal class KotlinBlocksTest {

  @Test
  fun block_isObservedWithItsType() {
    OtlpSink().use { sink ->
      Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build().use { langfuse
        ->
        assertThat(langfuse.observing("outer") { answer(langfuse) }).isEqualTo("Paris")
        assertThat(langfuse.flush()).isTrue()

        val span = sink.span("answer")
        assertThat(span.type()).isEqualTo("generation")
        assertThat(span.observation("usage_details")).isEqualTo("{\"input\":10,\"output\":5}")
        assertThat(span.parentSpanId()).isEqualTo(sink.span("outer").spanId())
      }
    }
  }
}
