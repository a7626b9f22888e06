package io.langfuse4j.conformance.examples;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import io.langfuse4j.prompt.ChatMessage;
import io.langfuse4j.prompt.ChatPrompt;
import io.langfuse4j.prompt.CompiledText;
import io.langfuse4j.prompt.MessagePlaceholder;
import io.langfuse4j.prompt.TextPrompt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The programs of {@code docs/prompts.md}. */
public final class PromptManagement {

  private PromptManagement() {}

  public static void create(Langfuse langfuse) {
    // tag::create[]
    langfuse
        .prompts()
        .createText(
            "movie-critic",
            "As a {{mood}} critic, rate {{movie}}.",
            d -> d.labels("production").config(Map.of("temperature", 0.2)));
    langfuse
        .prompts()
        .createChat(
            "support",
            List.of(
                ChatMessage.system("You help customers of {{shop}}."),
                new MessagePlaceholder("history"),
                ChatMessage.user("{{question}}")),
            d -> d.labels("production"));
    // end::create[]
  }

  public static String use(Langfuse langfuse, Function<String, String> model) {
    // tag::use[]
    TextPrompt prompt =
        langfuse
            .prompts()
            .getText(
                "movie-critic", o -> o.fallback("Rate {{movie}}.").timeout(Duration.ofSeconds(2)));
    CompiledText text = prompt.compile(Map.of("mood", "kind", "movie", "Dune"));
    return langfuse.observe(
        "rate",
        GENERATION,
        generation -> {
          generation.prompt(prompt).input(text.text());
          String answer = model.apply(text.text());
          generation.output(answer);
          return answer;
        });
    // end::use[]
  }

  public static List<ChatMessage> chat(Langfuse langfuse, List<ChatMessage> soFar) {
    // tag::chat[]
    ChatPrompt prompt = langfuse.prompts().getChat("support");
    List<ChatMessage> messages =
        prompt
            .compile(Map.of("shop", "Harbour Lamp", "question", "Where is it?", "history", soFar))
            .messages();
    // end::chat[]
    return messages;
  }

  public static void propagate(Langfuse langfuse, Runnable work) {
    // tag::propagate[]
    TextPrompt prompt = langfuse.prompts().getText("movie-critic");
    Langfuse.propagateAttributes(a -> a.prompt(prompt)).run(() -> work.run());
    // end::propagate[]
  }

  public static void warmUp(Langfuse langfuse) {
    // tag::warm-up[]
    langfuse
        .prompts()
        .warmUp(List.of("movie-critic", "support"))
        .thenAccept(missing -> System.out.println("not there: " + missing));
    // end::warm-up[]
  }
}
