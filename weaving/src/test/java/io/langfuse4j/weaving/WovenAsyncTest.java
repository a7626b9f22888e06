package io.langfuse4j.weaving;

import io.langfuse4j.Langfuse;
import io.langfuse4j.async.AnnotatedAsyncSubject;
import io.langfuse4j.async.AnnotatedKotlinSubject;
import io.langfuse4j.async.AsyncContract;
import io.langfuse4j.async.AsyncSubject;
import io.langfuse4j.async.KotlinContract;
import io.langfuse4j.async.KotlinSubject;
import org.junit.jupiter.api.Nested;

/** Results of asynchronous libraries, from woven methods. */
class WovenAsyncTest {

  @Nested
  class AtBuildTime extends AsyncContract {
    @Override
    protected AsyncSubject observed(Langfuse langfuse) {
      return (AsyncSubject)
          WovenClasses.newInstance(AnnotatedAsyncSubject.class, WovenClasses.atBuildTime());
    }
  }

  @Nested
  class AtLoadTime extends AsyncContract {
    @Override
    protected AsyncSubject observed(Langfuse langfuse) {
      return (AsyncSubject)
          WovenClasses.newInstance(AnnotatedAsyncSubject.class, WovenClasses.atLoadTime());
    }
  }

  @Nested
  class KotlinAtBuildTime extends KotlinContract {
    @Override
    protected KotlinSubject observed(Langfuse langfuse) {
      return (KotlinSubject)
          WovenClasses.newInstance(AnnotatedKotlinSubject.class, WovenClasses.atBuildTime());
    }
  }

  @Nested
  class KotlinAtLoadTime extends KotlinContract {
    @Override
    protected KotlinSubject observed(Langfuse langfuse) {
      return (KotlinSubject)
          WovenClasses.newInstance(AnnotatedKotlinSubject.class, WovenClasses.atLoadTime());
    }
  }
}
