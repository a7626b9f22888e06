package io.langfuse4j.internal.result;

import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Streams of numbers: as other streams, by way of boxing. */
final class PrimitiveStreamResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return IntStream.class.isAssignableFrom(type)
        || LongStream.class.isAssignableFrom(type)
        || DoubleStream.class.isAssignableFrom(type);
  }

  @Override
  public @Nullable Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation) {
    if (result instanceof IntStream ints && allows(result, declared, IntStream.class)) {
      return StreamResult.watched(ints.boxed(), observation).mapToInt(Integer::intValue);
    }
    if (result instanceof LongStream longs && allows(result, declared, LongStream.class)) {
      return StreamResult.watched(longs.boxed(), observation).mapToLong(Long::longValue);
    }
    if (result instanceof DoubleStream doubles && allows(result, declared, DoubleStream.class)) {
      return StreamResult.watched(doubles.boxed(), observation).mapToDouble(Double::doubleValue);
    }
    return null;
  }

  private static boolean allows(
      Object result, @Nullable Class<?> declared, Class<? extends BaseStream<?, ?>> offered) {
    return Results.isReplaceable(result, declared, offered);
  }
}
