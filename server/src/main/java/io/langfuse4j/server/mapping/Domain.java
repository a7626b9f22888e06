package io.langfuse4j.server.mapping;

/** Whether attributes are read for the observation or for its trace. */
enum Domain {
  OBSERVATION("langfuse.observation."),
  TRACE("langfuse.trace.");

  private final String prefix;

  Domain(String prefix) {
    this.prefix = prefix;
  }

  String key(String name) {
    return prefix + name;
  }
}
