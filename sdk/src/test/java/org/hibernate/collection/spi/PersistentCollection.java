package org.hibernate.collection.spi;

/** Has the name by which the encoder knows a lazy collection; stands in for Hibernate's. */
public interface PersistentCollection {
  boolean wasInitialized();
}
