package io.langfuse4j.internal.observed;

import io.langfuse4j.ObservationType;
import io.langfuse4j.Observe;
import io.langfuse4j.OutputTransform;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call before it happens. Immutable.
 *
 * @param captureInput null leaves it to the client
 * @param captureOutput null leaves it to the client
 * @param returnType the declared type of the result; null if the declaration does not tell
 * @param label names the call in warnings
 */
public record CallOptions(
    String name,
    ObservationType<?> type,
    @Nullable Boolean captureInput,
    @Nullable Boolean captureOutput,
    @Nullable OutputTransform transform,
    @Nullable Class<?> returnType,
    String label) {

  public static Builder builder(String name, ObservationType<?> type) {
    return new Builder(name, type);
  }

  /** Not thread-safe. */
  public static final class Builder {

    private final String name;
    private final ObservationType<?> type;
    private @Nullable Boolean captureInput;
    private @Nullable Boolean captureOutput;
    private @Nullable OutputTransform transform;
    private @Nullable Class<?> returnType;
    private String label;

    private Builder(String name, ObservationType<?> type) {
      this.name = name;
      this.type = type;
      this.label = "the function observed as " + name;
    }

    public Builder captureInput(@Nullable Boolean capture) {
      this.captureInput = capture;
      return this;
    }

    public Builder captureOutput(@Nullable Boolean capture) {
      this.captureOutput = capture;
      return this;
    }

    public Builder transform(@Nullable OutputTransform transform) {
      this.transform = transform;
      return this;
    }

    public Builder returnType(@Nullable Class<?> returnType) {
      this.returnType = returnType;
      return this;
    }

    public Builder label(String label) {
      this.label = label;
      return this;
    }

    public CallOptions build() {
      return new CallOptions(name, type, captureInput, captureOutput, transform, returnType, label);
    }
  }

  /** What an annotation member of type {@code boolean[]} says: nothing, or its first element. */
  static @Nullable Boolean said(boolean[] member) {
    return member.length == 0 ? null : (Boolean) member[0];
  }

  /** The options that {@code observe} gives to a method. */
  static Builder of(Observe observe, String name) {
    return builder(name, observe.type().observationType())
        .captureInput(said(observe.captureInput()))
        .captureOutput(said(observe.captureOutput()));
  }
}
