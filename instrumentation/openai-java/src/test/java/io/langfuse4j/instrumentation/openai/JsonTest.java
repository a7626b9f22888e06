package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import io.langfuse4j.instrumentation.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of the library's models is what their own mapper writes, field by field. */
class JsonTest {

  private static final String COMPLETION =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1763700000,"model":"gpt-4o-2024-08-06",
       "choices":[{"index":0,"logprobs":null,"finish_reason":"a_new_reason","message":{
         "role":"assistant","content":null,"refusal":null,"annotations":[],"reasoning":"hm",
         "audio":{"id":"a","data":"UklGRg==","expires_at":1,"transcript":"t"},
         "tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}}],
       "usage":{"prompt_tokens":612,"completion_tokens":"many","total_tokens":845,"cost":0.00012,
         "prompt_tokens_details":{"cached_tokens":0,"new_tokens":3,"none":null}},
       "service_tier":"default","unknown":{"deep":[1,null,{"x":null,"y":1.5}]}}
      """;

  private static final String RESPONSE =
      """
      {"id":"resp_1","object":"response","created_at":1763700000.5,"status":"completed",
       "model":"gpt-4o","parallel_tool_calls":true,"tool_choice":"auto","tools":[],"error":null,
       "output":[{"type":"message","id":"m","role":"assistant","status":"completed","content":[
         {"type":"output_text","text":"Hello","annotations":[]}]},
         {"type":"a_new_item","id":"n","value":{"x":null}}],
       "usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3,
         "output_tokens_details":{"reasoning_tokens":1}}}
      """;

  static List<Object> models() throws JsonProcessingException {
    return List.of(
        OpenAIChat.params(true, true)._body(),
        ChatCompletionCreateParams.builder()
            .model("gpt-4o")
            .addUserMessage("Hello?")
            .addMessage(
                ObjectMappers.jsonMapper()
                    .readValue(
                        "{\"role\":\"a_new_role\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}",
                        com.openai.models.chat.completions.ChatCompletionMessageParam.class))
            .putAdditionalBodyProperty("model", JsonValue.from("given twice"))
            .putAdditionalBodyProperty("new", JsonValue.from(Map.of("x", List.of(1, 2.5))))
            .temperature(1.0)
            .build()
            ._body(),
        ResponseCreateParams.builder().model("gpt-4o").input("Hello?").build()._body(),
        read(COMPLETION, ChatCompletion.class),
        read(COMPLETION, JsonValue.class),
        read(COMPLETION.replace("message", "delta"), ChatCompletionChunk.class),
        read(RESPONSE, Response.class));
  }

  private static <T> T read(String json, Class<T> type) throws JsonProcessingException {
    return ObjectMappers.jsonMapper().readValue(json, type);
  }

  @ParameterizedTest
  @MethodSource("models")
  void model_isReadAsTheLibraryWritesIt(Object model) {
    Map<String, Object> written =
        ObjectMappers.jsonMapper()
            .convertValue(model, new TypeReference<LinkedHashMap<String, Object>>() {});

    Map<String, Object> read = Json.map(model);

    assertThat(read).isEqualTo(Fields.withoutNulls(written)).hasToString(written.toString());
  }
}
