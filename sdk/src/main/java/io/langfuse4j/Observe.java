package io.langfuse4j;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an observation of every call of a method: its arguments by name become the input, its
 * result the output, what it throws an error.
 *
 * <pre>{@code
 * @Observe(name = "llm-call", type = GENERATION, captureInput = false)
 * public String answer(String question) { … }
 * }</pre>
 *
 * <p>A method that returns a future, publisher, stream, iterator or input stream is observed until
 * that is done, not until the method returns; items are collected, and text is joined.
 *
 * <p>On a class it stands for every public method the class declares; a method's own annotation
 * wins. Neither is inherited: what counts is the method that runs and the class that declares it. A
 * parameter of type {@link TraceContext} is not input: it says which trace the call joins.
 *
 * <p>The annotation alone does nothing. Something must act on it: the Spring or CDI module, the
 * Java agent, the build plugin, or {@link Langfuse#observed(Class, Object)}. Where two of them see
 * one call they make one observation.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Observe {

  /** Name of the observation; the name of the method if empty. Ignored on a class. */
  String name() default "";

  /** What kind of step it is. */
  Type type() default Type.SPAN;

  /**
   * {@code captureInput = false} records no arguments, {@code true} records them even where {@code
   * LANGFUSE_OBSERVE_DECORATOR_IO_CAPTURE_ENABLED} is false. Not said: that setting decides. An
   * array only because an annotation has no other way to say nothing.
   */
  boolean[] captureInput() default {};

  /** As {@link #captureInput()}, for the result. */
  boolean[] captureOutput() default {};

  /** Makes the output of the items of a streamed result; has a constructor without parameters. */
  Class<? extends OutputTransform> transform() default OutputTransform.class;

  /** The {@linkplain ObservationType types} a call can have: all but the event, a mere moment. */
  enum Type {
    SPAN(ObservationType.SPAN),
    GENERATION(ObservationType.GENERATION),
    EMBEDDING(ObservationType.EMBEDDING),
    AGENT(ObservationType.AGENT),
    TOOL(ObservationType.TOOL),
    CHAIN(ObservationType.CHAIN),
    RETRIEVER(ObservationType.RETRIEVER),
    EVALUATOR(ObservationType.EVALUATOR),
    GUARDRAIL(ObservationType.GUARDRAIL);

    @SuppressWarnings("ImmutableEnumChecker") // a constant that is only not known to be immutable
    private final ObservationType<?> observationType;

    Type(ObservationType<?> observationType) {
      this.observationType = observationType;
    }

    /** The constant that carries the class of the observation. */
    public ObservationType<?> observationType() {
      return observationType;
    }
  }

  /** How an argument appears in the input. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  @interface Parameter {

    /** Its name in the input; the name of the parameter if empty. */
    String value() default "";

    /** False leaves the argument out. */
    boolean capture() default true;
  }
}
