package io.langfuse4j.examples.helpdesk.chat;

/** Hears a streamed reply while it arrives. */
@FunctionalInterface
public interface StreamListener {

  /** Called for each piece of text, in order, on the thread that asked. */
  void onText(String text);
}
