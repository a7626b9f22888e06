package io.langfuse4j.instrumentation.springai;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.springframework.ai.chat.client.ChatClient;

/** For the Java agent, which shows us each builder of a chat client before it builds. */
public final class ObservedChatClients {

  private static final Set<ChatClient.Builder> KNOWN =
      Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

  private ObservedChatClients() {}

  /** The builder, with the advisor that sees when the first token of a stream comes. */
  public static ChatClient.Builder wrap(ChatClient.Builder builder) {
    return KNOWN.add(builder) ? builder.defaultAdvisors(LangfuseSpringAI.streamAdvisor()) : builder;
  }
}
