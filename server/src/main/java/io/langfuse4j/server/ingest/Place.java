package io.langfuse4j.server.ingest;

/** Where a frame of the journal begins. */
record Place(long segment, long offset) {
  boolean before(Place other) {
    return segment < other.segment || segment == other.segment && offset < other.offset;
  }
}
