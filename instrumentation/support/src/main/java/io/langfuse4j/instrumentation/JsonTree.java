package io.langfuse4j.instrumentation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ser.DefaultSerializerProvider;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Models of libraries that Jackson can write, as maps and lists: what {@link
 * ObjectMapper#convertValue} makes of them, without the fields that are null. A request and an
 * answer are read with each call, and the detour that {@code convertValue} takes, through a buffer
 * of tokens that is parsed again, was most of what that cost.
 */
public final class JsonTree {

  private JsonTree() {}

  /**
   * A new tree: {@code LinkedHashMap} of strings, {@code ArrayList}, text, numbers, booleans, and
   * null where the model is null. Null stays inside of lists. Texts are those of the model.
   *
   * @param mapper the library's own, which knows its models
   * @throws IllegalArgumentException if {@code model} cannot be written as JSON
   */
  public static @Nullable Object of(ObjectMapper mapper, @Nullable Object model) {
    TreeGenerator tree =
        new TreeGenerator(
            mapper, (DefaultSerializerProvider) mapper.getSerializerProviderInstance());
    try {
      tree.writeObject(model);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return tree.root();
  }
}
