package io.langfuse4j.server.store.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.model.TraceUpdate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain words                                                                    | plain words
          {"question":"why?"}                                                            | {"question":"why?"}
          [{"role":"system","content":"Be brief."},{"role":"user","content":"Why?"}]     | Why?
          {"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]} | c
          [{"role":"user","content":"Why?"},{"role":"tool","content":"42"}]              | Why?
          [{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:"}}]}] | What is this?
          {"contents":[{"role":"user","parts":[{"text":"Hello"},{"text":"there"}]}]}     | Hello there
          [{"role":"user","parts":[{"type":"text","content":"By convention"}]}]          | By convention
          [{"role":"system","content":"Only this."}]                                     | Only this.
          [{"role":"user","content":"cut sho                                             | [{"role":"user","content":"cut sho
          [{"role":"user","content":null}]                                               | [{"role":"user","content":null}]
          {"role":"admin","rights":[1,2]}                                                | {"role":"admin","rights":[1,2]}
          """)
  void inputOfAConversation_isWhatWasAskedLast(String input, String shown) {
    assertThat(preview(input, null)).isEqualTo(new Preview(shown, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"role":"assistant","content":"Because."}                                      | Because.
          {"choices":[{"index":0,"message":{"role":"assistant","content":"Because."}}]}  | Because.
          {"candidates":[{"content":{"role":"model","parts":[{"thought":true,"text":"Hm"},{"text":"So."}]}}]} | So.
          [{"role":"user","content":"Why?"},{"role":"assistant","content":"Because."}]   | Because.
          {"role":"assistant","content":null,"tool_calls":[{"function":{"name":"status","arguments":"{}"}},{"function":{"name":"quote"}}]} | status(), quote()
          {"role":"assistant","content":[{"type":"tool_use","name":"status","input":{}}]} | status()
          {"output":[{"type":"reasoning"},{"role":"assistant","content":[{"type":"output_text","text":"Done."}]}]} | Done.
          """)
  void outputOfAConversation_isWhatWasSaidLast(String output, String shown) {
    assertThat(preview(null, output)).isEqualTo(new Preview(null, shown));
  }

  @Test
  void longText_endsBeforeASplitCharacter() {
    String text = "a".repeat(199) + "\ud83d\ude00";
    String chat = "[{\"role\":\"user\",\"content\":\"" + text + "\"}]";
    assertThat(preview(text, chat)).isEqualTo(new Preview("a".repeat(199), "a".repeat(199)));
  }

  @Test
  void hugeOrDeepText_isShownAsItIs() {
    String huge = "[{\"role\":\"user\",\"content\":\"" + "a".repeat(300_000) + "\"}]";
    String deep = "[{\"role\":\"user\",\"content\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}]";
    assertThat(preview(huge, deep))
        .isEqualTo(new Preview(huge.substring(0, 200), deep.substring(0, 200)));
  }

  private static Preview preview(@Nullable String input, @Nullable String output) {
    return Preview.of(
        new TraceUpdate(
            TraceUpdate.Kind.ROOT,
            "t",
            Instant.EPOCH,
            "default",
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            input,
            output,
            "{}"));
  }
}
