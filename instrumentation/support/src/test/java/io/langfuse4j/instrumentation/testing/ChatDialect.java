package io.langfuse4j.instrumentation.testing;

import java.util.Map;

/**
 * How one provider says what the contract is about, and what must be recorded of it by one library.
 * Expected fields are those of {@link TracedTest#fields}, with content; the contract takes {@code
 * input} and {@code output} out where content capture is off.
 */
public interface ChatDialect {

  /** Name of the observations. */
  String observationName();

  /** Makes {@code provider} answer, whole or in pieces. */
  void answer(StubProvider provider, ChatReply reply, boolean streaming);

  /** Makes {@code provider} refuse, with the message {@code The provider says no.} */
  void refuse(StubProvider provider, int status);

  /** Makes {@code provider} break the connection after the text {@code Hello Ada}. */
  void cut(StubProvider provider);

  /** Makes {@code provider} send {@code Hello} and then nothing for long. */
  void stall(StubProvider provider);

  /** What is known when the call starts. */
  Map<String, Object> asked(boolean withTools, boolean streaming);

  /** What is known when the answer has arrived. */
  Map<String, Object> answered(ChatReply reply, boolean withTools, boolean streaming);

  /** What is known of a stream that ended after {@code text}. */
  Map<String, Object> unfinished(String text);

  /** What is known of a refusal, beside the message. */
  Map<String, Object> refused(int status);
}
