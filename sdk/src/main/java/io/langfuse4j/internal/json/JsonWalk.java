package io.langfuse4j.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.POJONode;
import io.langfuse4j.media.LangfuseMedia;
import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Consumer;
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

  /** Readers refuse names that are much longer. */
  private static final int MAX_NAME_LENGTH = 10_000;

  /** Below this a generator is as fast. */
  private static final int LONG_TEXT = 48;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().rootValueSeparator((String) null).build();
  private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

  private final EncodingLimits limits;
  private final TextBuffer buffer;
  private final LongText longText;
  private final @Nullable Object[] ancestors;
  private final BeanSerializers beans;
  private final Consumer<LangfuseMedia> media;
  private @Nullable SerializerProvider provider;
  private @Nullable JsonGenerator generator;
  private @Nullable BoundedGenerator bounded;
  private int depth;
  private int nodes;
  private boolean identified;

  JsonWalk(EncodingLimits limits, BeanSerializers beans, Consumer<LangfuseMedia> media) {
    this.limits = limits;
    this.buffer = new TextBuffer(limits.maxBytes());
    this.longText = new LongText(buffer);
    this.ancestors = new Object[limits.maxDepth() + 1];
    this.beans = beans;
    this.media = media;
  }

  /** False after a failure that left the generator in an unknown state. */
  boolean reusable() {
    return generator != null;
  }

  String encode(Object value) {
    try {
      return attempt(value);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      generator = null;
      return "\"" + Markers.failed(value.getClass(), e).replace("\"", "'") + "\"";
    }
  }

  private String attempt(Object value) throws IOException {
    buffer.reset();
    depth = 0;
    nodes = 0;
    JsonGenerator out = generator;
    if (out == null) {
      out = FACTORY.createGenerator(buffer);
      generator = out;
    }
    write(out, value);
    out.flush();
    if (identified) {
      // The provider remembers which objects it gave an id; the next value starts afresh.
      provider = null;
      identified = false;
    }
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
    container(out, value, null);
  }

  /** A value that an annotation gave a serialiser of its own; a failure costs that value only. */
  void custom(Object value, JsonSerializer<Object> serializer) throws IOException {
    container(started(generator), value, serializer);
  }

  private void container(
      JsonGenerator out, Object value, @Nullable JsonSerializer<Object> serializer)
      throws IOException {
    if (depth >= limits.maxDepth() || isAncestor(value) || exhausted(out)) {
      out.writeString(Markers.unopened(value.getClass()));
      return;
    }
    JsonStreamContext before = out.getOutputContext();
    int entries = before.getEntryCount();
    int level = depth;
    ancestors[depth++] = value;
    try {
      if (serializer == null) {
        open(out, value);
      } else {
        serializer.serialize(value, bounded(out), provider());
      }
    } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
      if (bytesWritten(out) > limits.maxBytes()) {
        throw e;
      }
      recover(out, before, entries, Markers.failed(value.getClass(), e));
    } finally {
      depth = level;
      ancestors[level] = null;
    }
  }

  private void open(JsonGenerator out, Object value) throws IOException {
    if (value.getClass().isArray()) {
      array(out, value);
    } else {
      ValueKind.of(value).write(this, out, value);
    }
  }

  /** Jackson's tree, which Jackson itself would write without any bound. */
  void node(JsonGenerator out, JsonNode node) throws IOException {
    if (node.isObject()) {
      entries(out, node.fields(), node.size());
    } else if (node.isArray()) {
      elements(out, node.elements(), node.size());
    } else if (node.isNumber()) {
      number(out, node.numberValue());
    } else if (node.isBoolean()) {
      out.writeBoolean(node.booleanValue());
    } else if (node instanceof POJONode holder) {
      write(out, holder.getPojo());
    } else if (node.isNull() || node.isMissingNode()) {
      out.writeNull();
    } else {
      string(out, node.asText());
    }
  }

  void map(JsonGenerator out, Map<?, ?> map) throws IOException {
    Iterator<? extends Map.Entry<?, ?>> entries =
        map instanceof FieldMap<?> fields ? fields.passing() : map.entrySet().iterator();
    entries(out, entries, map.size());
  }

  private <E extends Map.Entry<?, ?>> void entries(
      JsonGenerator out, Iterator<E> entries, long size) throws IOException {
    out.writeStartObject();
    for (int written = 0; entries.hasNext(); written++) {
      if (written >= limits.maxBreadth() || exhausted(out)) {
        out.writeFieldName(Markers.OMITTED);
        out.writeString(Markers.more(size - written, "entries"));
        break;
      }
      Map.Entry<?, ?> entry = entries.next();
      name(out, ValueKind.keyText(entry.getKey()));
      write(out, entry.getValue());
    }
    out.writeEndObject();
  }

  void iterable(JsonGenerator out, Iterable<?> iterable) throws IOException {
    if (iterable instanceof List<?> list && iterable instanceof RandomAccess) {
      out.writeStartArray();
      int size = list.size();
      for (int i = 0; i < size; i++) {
        if (truncated(out, i, size)) {
          break;
        }
        write(out, list.get(i));
      }
      out.writeEndArray();
    } else {
      int size = iterable instanceof Collection<?> known ? known.size() : -1;
      elements(out, iterable.iterator(), size);
    }
  }

  private void elements(JsonGenerator out, Iterator<?> elements, int size) throws IOException {
    out.writeStartArray();
    for (int i = 0; elements.hasNext(); i++) {
      if (truncated(out, i, size)) {
        break;
      }
      write(out, elements.next());
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

  /** The reference; whoever uploads gets the content. */
  void media(JsonGenerator out, LangfuseMedia file) throws IOException {
    string(out, file.toString());
    media.accept(file);
  }

  void bean(JsonGenerator out, Object bean) throws IOException {
    if (!beans.write(this, bounded(out), provider(), bean)) {
      out.writeString(Markers.unopened(bean.getClass()));
    }
  }

  /** The value of a property, after its name. */
  void property(@Nullable Object value) throws IOException {
    write(started(generator), value);
  }

  /** Whether a property should be left out because the budget is used up. */
  boolean leavesOut() throws IOException {
    return bytesWritten(started(generator)) >= limits.maxBytes();
  }

  /** The value has objects with ids of their own, which must not outlive it. */
  void identified() {
    identified = true;
  }

  private SerializerProvider provider() {
    SerializerProvider current = provider;
    if (current == null) {
      current = beans.newProvider(this);
      provider = current;
    }
    return current;
  }

  private BoundedGenerator bounded(JsonGenerator out) {
    BoundedGenerator current = bounded;
    if (current == null || current.delegate() != out) {
      current = new BoundedGenerator(this, out);
      bounded = current;
    }
    return current;
  }

  private static JsonGenerator started(@Nullable JsonGenerator generator) {
    return Objects.requireNonNull(generator, "only called while a value is written");
  }

  void name(JsonGenerator out, String name) throws IOException {
    int fits = Math.min(name.length(), MAX_NAME_LENGTH);
    String bounded = fits == name.length() ? name : Markers.truncate(name, fits);
    out.writeFieldName(fitting(out, bounded));
  }

  void string(JsonGenerator out, String text) throws IOException {
    String fitting = fitting(out, text);
    if (fitting.length() < LONG_TEXT) {
      out.writeString(fitting);
      return;
    }
    out.writeRawValue("\"");
    out.flush();
    longText.write(fitting);
    buffer.write('"');
  }

  private String fitting(JsonGenerator out, String text) throws IOException {
    int fits = TextBudget.jsonPrefix(text, limits.maxBytes() - bytesWritten(out));
    return fits == text.length() ? text : Markers.truncate(text, fits);
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

  private boolean exhausted(JsonGenerator out) throws IOException {
    return ++nodes > limits.maxNodes() || bytesWritten(out) >= limits.maxBytes();
  }

  private int bytesWritten(JsonGenerator out) throws IOException {
    int buffered = out.getOutputBuffered();
    if (buffer.bytes() + 3L * buffered >= limits.maxBytes()) {
      out.flush();
      return buffer.bytes();
    }
    return buffer.bytes() + buffered;
  }

  private boolean isAncestor(Object value) {
    for (int i = depth - 1; i >= 0; i--) {
      if (ancestors[i] == value) {
        return true;
      }
    }
    return false;
  }

  /** Closes what a failed value left open and puts the marker where the value should be. */
  private static void recover(
      JsonGenerator out, JsonStreamContext before, int entries, String marker) throws IOException {
    while (out.getOutputContext() != before) {
      if (out.getOutputContext().inArray()) {
        out.writeString(marker);
        out.writeEndArray();
      } else {
        closeObject(out, marker);
      }
    }
    if (before.getEntryCount() == entries) {
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
