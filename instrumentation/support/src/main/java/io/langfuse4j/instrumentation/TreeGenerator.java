package io.langfuse4j.instrumentation;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.databind.ser.DefaultSerializerProvider;
import com.fasterxml.jackson.databind.util.RawValue;
import io.langfuse4j.internal.json.FieldMap;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes what serialisers write and keeps it as maps and lists; fields that are null are left out.
 * For one value, on one thread.
 */
final class TreeGenerator extends GeneratorBase {

  private static final int USUAL_DEPTH = 8;

  private final DefaultSerializerProvider provider;
  private @Nullable Object[] around = new Object[USUAL_DEPTH];
  private int depth;

  /** The map or list that is being filled; null outside of any. */
  private @Nullable Object open;

  private String name = "";
  private @Nullable Object root;

  @SuppressWarnings("deprecation") // its successor is not in Jackson 2.13
  TreeGenerator(ObjectCodec codec, DefaultSerializerProvider provider) {
    super(0, codec);
    this.provider = provider;
  }

  /** The value, once it is written. */
  @Nullable Object root() {
    return root;
  }

  @SuppressWarnings("unchecked") // nobody else makes the lists
  private void add(@Nullable Object value) {
    if (open instanceof List<?> list) {
      ((List<@Nullable Object>) list).add(value);
      return;
    }
    Map<String, Object> fields = Fields.object(open);
    if (fields == null) {
      root = value;
    } else if (value != null) {
      fields.put(name, value);
    }
  }

  private void enter(Object container) {
    add(container);
    if (depth == around.length) {
      around = Arrays.copyOf(around, 2 * depth);
    }
    around[depth++] = open;
    open = container;
  }

  private void leave() {
    open = around[--depth];
  }

  @Override
  public void writeStartObject() {
    enter(new FieldMap<Object>());
  }

  @Override
  public void writeEndObject() {
    leave();
  }

  @Override
  public void writeFieldName(String field) {
    name = field;
  }

  @Override
  public void writeStartArray() {
    enter(new ArrayList<@Nullable Object>());
  }

  @Override
  public void writeStartArray(Object model, int size) {
    enter(new ArrayList<@Nullable Object>(size));
  }

  @Override
  public void writeEndArray() {
    leave();
  }

  @Override
  public void writeString(@Nullable String text) {
    add(text);
  }

  @Override
  public void writeString(char[] text, int offset, int length) {
    add(new String(text, offset, length));
  }

  @Override
  public void writeNumber(short number) {
    add(number);
  }

  @Override
  public void writeNumber(int number) {
    add(number);
  }

  @Override
  public void writeNumber(long number) {
    add(number);
  }

  @Override
  public void writeNumber(@Nullable BigInteger number) {
    add(number);
  }

  @Override
  public void writeNumber(double number) {
    add(number);
  }

  @Override
  public void writeNumber(float number) {
    add(number);
  }

  @Override
  public void writeNumber(@Nullable BigDecimal number) {
    add(number);
  }

  @Override
  public void writeNumber(String digits) {
    add(new BigDecimal(digits));
  }

  @Override
  public void writeBoolean(boolean value) {
    add(value);
  }

  @Override
  public void writeNull() {
    add(null);
  }

  @Override
  public void writeBinary(Base64Variant variant, byte[] bytes, int offset, int length) {
    add(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** Unions write what they hold this way; one provider does for all of them. */
  @Override
  public void writeObject(@Nullable Object value) throws IOException {
    if (value == null) {
      writeNull();
    } else {
      provider.serializeValue(this, value);
    }
  }

  @Override
  public void writeRawValue(String json) {
    add(new RawValue(json));
  }

  @Override
  public void writeRaw(String text) {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRaw(String text, int offset, int length) {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRaw(char[] text, int offset, int length) {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRaw(char text) {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRawUTF8String(byte[] text, int offset, int length) {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeUTF8String(byte[] text, int offset, int length) {
    _reportUnsupportedOperation();
  }

  @Override
  public void flush() {}

  @Override
  protected void _releaseBuffers() {}

  @Override
  protected void _verifyValueWrite(String what) {}
}
