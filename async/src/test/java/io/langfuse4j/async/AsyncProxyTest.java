package io.langfuse4j.async;

import io.langfuse4j.Langfuse;

/** Dynamic proxies. */
class AsyncProxyTest extends AsyncContract {

  @Override
  protected AsyncSubject observed(Langfuse langfuse) {
    return langfuse.observed(AsyncSubject.class, new AnnotatedAsyncSubject());
  }
}
