package io.langfuse4j.server.pricing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import io.langfuse4j.server.model.Observation.Content;
import io.langfuse4j.server.store.LenientJson;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens as Langfuse does where a sender reports none: OpenAI's models with their encodings,
 * chats message by message. Claude's old tokenizer exists only in JavaScript, so Claude's stay
 * uncounted. The vocabularies are loaded with the first text of their model.
 */
final class TokenCounter {
  private static final ObjectMapper MAPPER =
      LenientJson.mapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Models whose messages cost a few tokens of their own. */
  private static final Set<String> CHAT_MODELS =
      Set.of(
          "gpt-4",
          "gpt-4-0314",
          "gpt-4-0613",
          "gpt-4-32k",
          "gpt-4-32k-0314",
          "gpt-4-32k-0613",
          "gpt-3.5-turbo",
          "gpt-35-turbo",
          "gpt-3.5-turbo-0301",
          "gpt-3.5-turbo-0613",
          "gpt-3.5-turbo-1106",
          "gpt-3.5-turbo-16k",
          "gpt-3.5-turbo-16k-0613",
          "gpt-4-1106-preview",
          "gpt-4-vision-preview",
          "gpt-4o-2024-05-13",
          "gpt-4o");

  private static final List<String> COUNTED =
      List.of(
          "content", "role", "name", "tool_calls", "function_call", "toolCalls", "functionCall");

  private static final int REPLY = 3;

  /** Each is one token in the encodings that know it. */
  private static final Pattern SPECIAL =
      Pattern.compile("<\\|(endoftext|fim_prefix|fim_middle|fim_suffix|endofprompt)\\|>");

  private static final Map<String, Set<String>> SPECIALS =
      Map.of(
          "cl100k_base",
          Set.of("endoftext", "fim_prefix", "fim_middle", "fim_suffix", "endofprompt"),
          "o200k_base",
          Set.of("endoftext", "endofprompt"));

  private static final Set<String> FEWEST_SPECIALS = Set.of("endoftext");

  /** Text is counted in pieces, to notice in between that the time is over. */
  private static final int PIECE = 16 * 1024;

  private static final int LARGEST_PIECE = 4 * PIECE;

  private final JsonNode config;
  private final Encoding encoding;
  private final TokenBudget budget;

  private TokenCounter(JsonNode config, Encoding encoding, TokenBudget budget) {
    this.config = config;
    this.encoding = encoding;
    this.budget = budget;
  }

  /** Tokens of input, output and both; empty if they cannot be counted, or not in time. */
  static Map<String, Long> count(Model model, Content content, TokenBudget budget) {
    String config = model.tokenizerConfig();
    boolean nothing = content.input() == null && content.output() == null;
    if (nothing || config == null || !"openai".equals(model.tokenizerId())) {
      return Map.of();
    }
    JsonNode settings = parse(config);
    if (!settings.path("tokenizerModel").isTextual() || budget.usedUp(false)) {
      return Map.of();
    }
    budget.start();
    try {
      Encoding encoding = Loaded.of(settings.path("tokenizerModel").textValue());
      TokenCounter counter = new TokenCounter(settings, encoding, budget);
      Long input = counter.count(content.input());
      Long output = counter.count(content.output());
      return usage(input, output);
    } catch (OutOfTimeException e) {
      return Map.of();
    } finally {
      budget.stop();
    }
  }

  private static Map<String, Long> usage(@Nullable Long input, @Nullable Long output) {
    Map<String, Long> usage = new LinkedHashMap<>();
    if (input != null) {
      usage.put("input", input);
    }
    if (output != null) {
      usage.put("output", output);
    }
    if (!usage.isEmpty()) {
      usage.put("total", usage.values().stream().mapToLong(Long::longValue).sum());
    }
    return usage;
  }

  private @Nullable Long count(@Nullable String text) {
    if (text == null) {
      return null;
    }
    JsonNode parsed = parse(text);
    if (parsed.isArray()) {
      if (parsed.isEmpty()) {
        return null;
      }
      if (isChat(parsed) && CHAT_MODELS.contains(config.path("tokenizerModel").asText())) {
        return chat(parsed);
      }
    }
    return parsed.isMissingNode() ? tokens(text) : tokens(asText(parsed));
  }

  private static boolean isChat(JsonNode messages) {
    for (JsonNode message : messages) {
      if (!message.path("role").isTextual()
          || !message.path("content").isTextual()
          || (message.has("name") && !message.path("name").isTextual())) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Long chat(JsonNode messages) {
    if (!config.path("tokensPerMessage").isNumber() || !config.path("tokensPerName").isNumber()) {
      return null;
    }
    long count = REPLY;
    for (JsonNode message : messages) {
      count += config.path("tokensPerMessage").longValue();
      for (String key : COUNTED) {
        JsonNode value = message.path(key);
        if (!value.isMissingNode() && !value.isNull()) {
          count += tokens(asText(value));
        }
      }
      if (message.has("name")) {
        count += config.path("tokensPerName").longValue();
      }
    }
    return count;
  }

  private static String asText(JsonNode value) {
    return value instanceof TextNode text ? text.textValue() : value.toString();
  }

  private long tokens(String text) {
    String plain = withoutAstral(text);
    Set<String> specials = SPECIALS.getOrDefault(encoding.getName(), FEWEST_SPECIALS);
    long count = 0;
    int from = 0;
    Matcher special = SPECIAL.matcher(plain);
    while (special.find()) {
      if (specials.contains(special.group(1))) {
        count += ordinary(plain, from, special.start()) + 1;
        from = special.end();
      }
    }
    return count + ordinary(plain, from, plain.length());
  }

  private long ordinary(String text, int start, int end) {
    long count = 0;
    int from = start;
    while (from < end) {
      if (budget.usedUp(true)) {
        throw new OutOfTimeException();
      }
      int to = cut(text, from, end);
      count += encoding.countTokensOrdinary(text.substring(from, to));
      from = to;
    }
    return count;
  }

  /** Before a word, where no encoding has a token that reaches across; else anywhere. */
  private static int cut(String text, int from, int end) {
    if (end - from <= LARGEST_PIECE) {
      return end;
    }
    for (int i = from + PIECE; i < from + LARGEST_PIECE; i++) {
      if (text.charAt(i) == ' '
          && Character.isLetter(text.charAt(i + 1))
          && !Character.isWhitespace(text.charAt(i - 1))) {
        return i;
      }
    }
    return from + LARGEST_PIECE;
  }

  /** Langfuse counts characters beyond U+FFFF as the hexadecimal digits of their UTF-8. */
  private static String withoutAstral(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length() + 64);
    text.codePoints()
        .forEach(
            point -> {
              if (Character.isSupplementaryCodePoint(point)) {
                byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
                plain.append(HexFormat.of().formatHex(utf8));
              } else {
                plain.appendCodePoint(point);
              }
            });
    return plain.toString();
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static final class Loaded {
    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    static Encoding of(String model) {
      return REGISTRY
          .getEncodingForModel(model)
          .orElseGet(() -> REGISTRY.getEncoding(EncodingType.CL100K_BASE));
    }
  }

  private static final class OutOfTimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfTimeException() {
      super(null, null, false, false);
    }
  }
}
