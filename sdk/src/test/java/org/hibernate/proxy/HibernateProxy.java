package org.hibernate.proxy;

/** Has the name by which the encoder knows a lazy entity; stands in for Hibernate's. */
public interface HibernateProxy {}
