package io.langfuse4j.conformance.services;

import java.util.List;

/** What service B runs on, by what is missing from its class path. */
enum Server {
  TOMCAT_WITH_SERVLETS,
  NETTY_WITH_WEBFLUX("tomcat", "webmvc");

  final List<String> withoutJars;

  Server(String... withoutJars) {
    this.withoutJars = List.of(withoutJars);
  }
}
