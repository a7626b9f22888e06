package io.langfuse4j.examples.helpdesk;

import io.langfuse4j.Langfuse;
import io.langfuse4j.examples.helpdesk.chat.ChatClient;
import io.langfuse4j.examples.helpdesk.chat.ModelClient;
import io.langfuse4j.examples.helpdesk.extractive.ExtractiveProvider;
import io.langfuse4j.examples.helpdesk.policies.PolicyLibrary;
import io.langfuse4j.examples.helpdesk.policies.PolicySearch;
import io.langfuse4j.examples.helpdesk.shop.Courier;
import io.langfuse4j.examples.helpdesk.shop.OrderStatus;
import io.langfuse4j.examples.helpdesk.shop.RefundQuote;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Builds the help desk, and lets customers ask it. */
public final class Demo implements AutoCloseable {
  private final ExecutorService executor = Executors.newFixedThreadPool(3, Demo::thread);
  private final Courier courier = new Courier();
  private final Langfuse langfuse;
  private final Model model;
  private final @Nullable ExtractiveProvider builtIn;
  private final PolicySearch search;
  private final HelpDesk helpDesk;

  private Demo(Langfuse langfuse, Model model, @Nullable ExtractiveProvider builtIn) {
    this.langfuse = langfuse;
    this.model = model;
    this.builtIn = builtIn;
    this.search = PolicySearch.over(PolicyLibrary.load());
    Retriever retriever = new Retriever(langfuse, search, executor);
    Toolbox toolbox = new Toolbox(langfuse, List.of(new OrderStatus(courier), new RefundQuote()));
    this.helpDesk = new HelpDesk(langfuse, retriever, model, toolbox);
  }

  /** With the model that comes with the demo. */
  static Demo offline(Langfuse langfuse) {
    ExtractiveProvider provider = ExtractiveProvider.start();
    ModelClient client = new TracedChatClient(langfuse, new ChatClient(provider.baseUrl(), null));
    return new Demo(langfuse, new Model(client, ExtractiveProvider.MODEL), provider);
  }

  /** With a model of any provider that speaks OpenAI's protocol. */
  static Demo online(Langfuse langfuse, URI baseUrl, @Nullable String apiKey, String model) {
    ModelClient client = new TracedChatClient(langfuse, new ChatClient(baseUrl, apiKey));
    return new Demo(langfuse, new Model(client, model), null);
  }

  /**
   * Runs the whole demo with another client in place of the one that is traced by hand, and prints
   * how it goes.
   *
   * @param provider what the client asks; closed at the end
   * @return whether every question was answered and every trace delivered
   */
  public static boolean run(Langfuse langfuse, ExtractiveProvider provider, ModelClient client) {
    Model model = new Model(client, ExtractiveProvider.MODEL);
    try (Demo demo = new Demo(langfuse, model, provider)) {
      return new DemoRun(langfuse, demo, null, new Transcript(System.out)).run();
    }
  }

  /** Does everything once outside of any trace, so that the first shows no classes loading. */
  void warmUp() {
    search.find("lamp", 1);
    model.warmUp();
  }

  /** Asks all questions; one that fails is told to the transcript and does not stop the others. */
  List<Answer> run(List<Question> questions, Transcript transcript) {
    transcript.begin(model.name());
    List<Answer> answers = new ArrayList<>();
    for (Question question : questions) {
      arrange(question.mishap());
      transcript.asked(question);
      try {
        Answer answer = helpDesk.answer(question);
        transcript.answered(answer, langfuse.traceUrl(answer.traceId()));
        answers.add(answer);
      } catch (RuntimeException e) {
        transcript.failed(e);
      }
    }
    rate(answers, transcript);
    return answers;
  }

  /**
   * Each customer says at the end of a conversation whether it helped: only if every answer did.
   */
  private void rate(List<Answer> answers, Transcript transcript) {
    Map<String, Boolean> helped = new LinkedHashMap<>();
    answers.forEach(
        answer -> helped.merge(answer.question().session(), answer.helps(), Boolean::logicalAnd));
    helped.forEach(
        (session, up) -> {
          langfuse.score(score -> score.sessionId(session).name("thumbs").value(up));
          transcript.rated(session, up);
        });
  }

  @Override
  public void close() {
    executor.shutdown();
    if (builtIn != null) {
      builtIn.close();
    }
  }

  private void arrange(Question.Mishap mishap) {
    courier.failNext(mishap == Question.Mishap.COURIER_DOWN ? 1 : 0);
    if (builtIn != null) { // any other provider is busy when it likes
      builtIn.rejectNext(mishap == Question.Mishap.PROVIDER_BUSY ? 2 : 0);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "helpdesk-retrieval");
    thread.setDaemon(true);
    return thread;
  }
}
