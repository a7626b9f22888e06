package io.langfuse4j.internal.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * One encoding at a time: walks a value and writes it through a Jackson generator that is kept for
 * the next one. The walk opens maps, lists and arrays itself, so that depth, cycles and size are
 * bounded; Jackson reads beans and records by their annotations, and hands each property value back
 * to the walk (see {@link BeanSerializers}).
 *
 * <p>Confined to one thread between {@link ContentEncoder}'s take and give back.
 */
final class JsonWalk {

  private static final JsonFactory FACTORY =
      new com.fasterxml.jackson.core.JsonFactoryBuilder().rootValueSeparator((String) null).build();
  private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

  private final EncodingLimits limits;
  private final BoundedBuffer buffer;
  private final @Nullable Object[] ancestors;
  private final BeanSerializers beans;
  private @Nullable SerializerProvider provider;
  private @Nullable JsonGenerator generator;
  private int depth;
  private int nodes;
  private boolean sanitise;

  JsonWalk(EncodingLimits limits, BeanSerializers beans) {
    this.limits = limits;
    this.buffer = new BoundedBuffer(limits.maxBytes());
    this.ancestors = new Object[limits.maxDepth() + 1];
    this.beans = beans;
  }

  /** False after a failure that left the generator in an unknown state. */
  boolean reusable() {
    return generator != null;
  }

  String encode(Object value) {
    try {
      return attempt(value, false);
    } catch (IOException | RuntimeException | StackOverflowError first) {
      generator = null;
    }
    try {
      // The usual cause is half a surrogate pair, which JSON in UTF-8 cannot carry.
      return attempt(value, true);
    } catch (IOException | RuntimeException | StackOverflowError second) {
      generator = null;
      return "\"" + Markers.failed(value.getClass(), second).replace("\"", "'") + "\"";
    }
  }

  private String attempt(Object value, boolean sanitising) throws IOException {
    buffer.reset();
    depth = 0;
    nodes = 0;
    sanitise = sanitising;
    JsonGenerator out = generator;
    if (out == null) {
      out = FACTORY.createGenerator(buffer, JsonEncoding.UTF8);
      generator = out;
    }
    write(out, value);
    out.flush();
    return buffer.text();
  }

  /** Writes any value. Also called by bean property writers, which know nothing of limits. */
  void write(JsonGenerator out, @Nullable Object value) throws IOException {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof String string) {
      string(out, string);
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof Number number) {
      number(out, number);
    } else {
      container(out, value);
    }
  }

  private void container(JsonGenerator out, Object value) throws IOException {
    if (depth >= limits.maxDepth() || isAncestor(value) || exhausted(out)) {
      out.writeString(Markers.unopened(value.getClass()));
      return;
    }
    JsonStreamContext before = out.getOutputContext();
    int index = before.getCurrentIndex();
    int level = depth;
    ancestors[depth++] = value;
    try {
      open(out, value);
    } catch (JsonGenerationException e) {
      // Not the value's fault but the text's; the whole value is encoded again, sanitised.
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
      if (bytesWritten(out) > limits.maxBytes()) {
        throw e;
      }
      recover(out, before, index, Markers.failed(value.getClass(), e));
    } finally {
      depth = level;
      ancestors[level] = null;
    }
  }

  private void open(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Map<?, ?> map && !LazyCollections.isUninitialised(value)) {
      map(out, map);
    } else if (value instanceof Iterable<?> iterable && ValueKind.of(value) == ValueKind.ITERABLE) {
      iterable(out, iterable);
    } else if (value.getClass().isArray()) {
      array(out, value);
    } else {
      ValueKind.of(value).write(this, out, value);
    }
  }

  private void map(JsonGenerator out, Map<?, ?> map) throws IOException {
    out.writeStartObject();
    int written = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (written >= limits.maxBreadth() || exhausted(out)) {
        out.writeFieldName("<truncated>");
        out.writeString(Markers.more(map.size() - (long) written, "entries"));
        break;
      }
      out.writeFieldName(clean(ValueKind.keyText(entry.getKey())));
      write(out, entry.getValue());
      written++;
    }
    out.writeEndObject();
  }

  private void iterable(JsonGenerator out, Iterable<?> iterable) throws IOException {
    out.writeStartArray();
    if (iterable instanceof List<?> list && iterable instanceof RandomAccess) {
      int size = list.size();
      for (int i = 0; i < size; i++) {
        if (truncated(out, i, size)) {
          break;
        }
        write(out, list.get(i));
      }
    } else {
      int size = iterable instanceof java.util.Collection<?> known ? known.size() : -1;
      int i = 0;
      for (Iterator<?> items = iterable.iterator(); items.hasNext(); i++) {
        if (truncated(out, i, size)) {
          break;
        }
        write(out, items.next());
      }
    }
    out.writeEndArray();
  }

  private void array(JsonGenerator out, Object array) throws IOException {
    if (array instanceof byte[] bytes) {
      string(out, ValueKind.bytesText(bytes));
      return;
    }
    if (array instanceof char[] chars) {
      string(out, new String(chars));
      return;
    }
    out.writeStartArray();
    int size = Array.getLength(array);
    for (int i = 0; i < size; i++) {
      if (truncated(out, i, size)) {
        break;
      }
      write(out, Array.get(array, i));
    }
    out.writeEndArray();
  }

  private boolean truncated(JsonGenerator out, int written, int size) throws IOException {
    if (written < limits.maxBreadth() && !exhausted(out)) {
      return false;
    }
    out.writeString(
        size >= 0
            ? Markers.more(size - (long) written, "elements")
            : "<more elements not recorded>");
    return true;
  }

  void bean(JsonGenerator out, Object bean) throws IOException {
    SerializerProvider current = provider;
    if (current == null) {
      current = beans.newProvider(this);
      provider = current;
    }
    if (!beans.write(out, current, bean)) {
      out.writeString(Markers.unopened(bean.getClass()));
    }
  }

  void string(JsonGenerator out, String text) throws IOException {
    int room = limits.maxBytes() - bytesWritten(out);
    String bounded = text.length() <= room ? text : Markers.truncate(text, room);
    out.writeString(clean(bounded));
  }

  private void number(JsonGenerator out, Number number) throws IOException {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      out.writeNumber(number.intValue());
    } else if (number instanceof Long) {
      integer(out, number.longValue());
    } else if (number instanceof Double || number instanceof Float) {
      floating(out, number);
    } else if (number instanceof BigInteger big) {
      if (big.bitLength() <= 53) {
        integer(out, big.longValue());
      } else {
        out.writeString(big.toString());
      }
    } else if (number instanceof BigDecimal decimal) {
      decimal(out, decimal);
    } else if (number instanceof java.util.concurrent.atomic.AtomicInteger
        || number instanceof java.util.concurrent.atomic.AtomicLong
        || number instanceof java.util.concurrent.atomic.LongAdder) {
      integer(out, number.longValue());
    } else {
      string(out, ValueKind.textOf(number));
    }
  }

  /** Beyond 2^53 a JSON number loses digits in every JavaScript reader. */
  private static void integer(JsonGenerator out, long value) throws IOException {
    if (value >= -MAX_SAFE_INTEGER && value <= MAX_SAFE_INTEGER) {
      out.writeNumber(value);
    } else {
      out.writeString(Long.toString(value));
    }
  }

  private static void floating(JsonGenerator out, Number number) throws IOException {
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      out.writeString(Double.toString(value));
    } else if (number instanceof Float) {
      out.writeNumber(number.floatValue());
    } else {
      out.writeNumber(value);
    }
  }

  private static void decimal(JsonGenerator out, BigDecimal decimal) throws IOException {
    double nearest = decimal.doubleValue();
    if (!Double.isInfinite(nearest) && BigDecimal.valueOf(nearest).compareTo(decimal) == 0) {
      out.writeNumber(decimal);
    } else {
      out.writeString(decimal.toString());
    }
  }

  private boolean exhausted(JsonGenerator out) {
    return ++nodes > limits.maxNodes() || bytesWritten(out) >= limits.maxBytes();
  }

  private int bytesWritten(JsonGenerator out) {
    return buffer.count() + out.getOutputBuffered();
  }

  private boolean isAncestor(Object value) {
    for (int i = depth - 1; i >= 0; i--) {
      if (ancestors[i] == value) {
        return true;
      }
    }
    return false;
  }

  private String clean(String text) {
    return sanitise ? Surrogates.replaceUnpaired(text) : text;
  }

  /** Closes what a failed value left open and puts the marker where the value should be. */
  private static void recover(JsonGenerator out, JsonStreamContext before, int index, String marker)
      throws IOException {
    while (out.getOutputContext() != before) {
      if (out.getOutputContext().inArray()) {
        out.writeString(marker);
        out.writeEndArray();
      } else {
        closeObject(out, marker);
      }
    }
    if (before.getCurrentIndex() == index) {
      out.writeString(marker);
    }
  }

  private static void closeObject(JsonGenerator out, String marker) throws IOException {
    try {
      out.writeString(marker);
    } catch (JsonGenerationException noNamePending) {
      out.writeFieldName("<incomplete>");
      out.writeString(marker);
    }
    out.writeEndObject();
  }
}
