package io.langfuse4j.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What serialisers that know nothing of limits write to: texts are bounded, and values that they do
 * not write themselves go back to the walk. Confined like the walk.
 */
final class BoundedGenerator extends JsonGeneratorDelegate {

  /** Containers that may be inside each other before the value is given up. */
  private static final int MAX_NESTING = 100;

  private final JsonWalk walk;

  BoundedGenerator(JsonWalk walk, JsonGenerator out) {
    super(out, false);
    this.walk = walk;
  }

  @Override
  public void writeStartObject() throws IOException {
    checkDepth();
    delegate.writeStartObject();
  }

  @Override
  public void writeStartObject(Object value) throws IOException {
    checkDepth();
    delegate.writeStartObject();
  }

  @Override
  public void writeStartObject(Object value, int size) throws IOException {
    checkDepth();
    delegate.writeStartObject();
  }

  @Override
  public void writeStartArray() throws IOException {
    checkDepth();
    delegate.writeStartArray();
  }

  @Override
  public void writeStartArray(Object value) throws IOException {
    checkDepth();
    delegate.writeStartArray();
  }

  @Override
  public void writeStartArray(Object value, int size) throws IOException {
    checkDepth();
    delegate.writeStartArray();
  }

  private void checkDepth() throws IOException {
    if (delegate.getOutputContext().getNestingDepth() >= MAX_NESTING) {
      throw new IOException("nested too deeply");
    }
  }

  @Override
  public void writeString(@Nullable String text) throws IOException {
    if (text == null) {
      delegate.writeNull();
    } else {
      walk.string(delegate, text);
    }
  }

  @Override
  public void writeString(char[] text, int offset, int length) throws IOException {
    walk.string(delegate, new String(text, offset, length));
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    walk.name(delegate, name);
  }

  @Override
  public void writeObject(@Nullable Object value) throws IOException {
    walk.write(delegate, value);
  }

  @Override
  public void writePOJO(@Nullable Object value) throws IOException {
    walk.write(delegate, value);
  }

  @Override
  public void writeTree(@Nullable TreeNode tree) throws IOException {
    walk.write(delegate, tree);
  }
}
