package io.langfuse4j.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.media.LangfuseMedia;
import io.langfuse4j.media.LangfuseMediaReference;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Calendar;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * How a class that is neither string, number, boolean nor array is written. Decided once per class.
 */
enum ValueKind {
  MAP {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      walk.map(out, (Map<?, ?>) value);
    }
  },
  ITERABLE {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      walk.iterable(out, (Iterable<?>) value);
    }
  },
  /** Jackson's own tree. */
  NODE {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      walk.node(out, (JsonNode) value);
    }
  },
  /** Written as its own text. */
  TEXT {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      walk.string(out, textOf(value));
    }
  },
  /** An instant in UTC with {@code Z}, other zones with their offset. */
  TIME {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      walk.string(out, timeText(value));
    }
  },
  THROWABLE {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      String message = ((Throwable) value).getMessage();
      String name = Markers.nameOf(value.getClass());
      walk.string(out, message == null ? name : name + ": " + message);
    }
  },
  /** A box with at most one value inside. */
  HOLDER {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      walk.write(out, held(value));
    }
  },
  ENTRY {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      Map.Entry<?, ?> entry = (Map.Entry<?, ?>) value;
      out.writeStartObject();
      walk.name(out, keyText(entry.getKey()));
      walk.write(out, entry.getValue());
      out.writeEndObject();
    }
  },
  BYTES {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      ByteBuffer content = ((ByteBuffer) value).duplicate();
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      walk.string(out, bytesText(bytes));
    }
  },
  /** A file to upload. */
  MEDIA {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      walk.media(out, (LangfuseMedia) value);
    }
  },
  /** Read by Jackson: records, beans, enums, whatever brings its own serialiser. */
  BEAN {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      walk.bean(out, value);
    }
  },
  /** Named, never opened: streams, futures, proxies, lambdas, the JDK's inner workings. */
  OPAQUE {
    @Override
    void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException {
      out.writeString(Markers.unopened(value.getClass()));
    }
  };

  private static final ClassValue<ValueKind> KINDS =
      new ClassValue<>() {
        @Override
        protected ValueKind computeValue(Class<?> type) {
          return classify(type);
        }
      };

  private static final List<Class<?>> TEXT_TYPES =
      List.of(
          CharSequence.class,
          Character.class,
          UUID.class,
          java.net.URI.class,
          java.net.URL.class,
          java.io.File.class,
          Path.class,
          Class.class,
          Locale.class,
          Charset.class,
          Currency.class,
          TimeZone.class,
          java.time.ZoneId.class,
          Pattern.class,
          java.net.InetAddress.class,
          StackTraceElement.class,
          TemporalAmount.class,
          AtomicBoolean.class,
          LangfuseMediaReference.class);

  private static final List<Class<?>> HOLDER_TYPES =
      List.of(
          Optional.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          AtomicReference.class);

  private static final List<Class<?>> OPAQUE_TYPES =
      List.of(
          Future.class,
          BaseStream.class,
          Iterator.class,
          Flow.Publisher.class,
          AutoCloseable.class,
          Thread.class,
          ClassLoader.class,
          Proxy.class);

  private static final List<String> PLATFORM_PACKAGES =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

  private static final List<String> OPAQUE_INTERFACES =
      List.of("org.reactivestreams.Publisher", "kotlinx.coroutines.flow.Flow");

  abstract void write(JsonWalk walk, JsonGenerator out, Object value) throws IOException;

  static ValueKind of(Object value) {
    ValueKind kind = KINDS.get(value.getClass());
    boolean lazy = (kind == ITERABLE || kind == MAP) && LazyCollections.isUninitialised(value);
    return lazy ? OPAQUE : kind;
  }

  private static ValueKind classify(Class<?> type) {
    if (Proxy.isProxyClass(type)) {
      return OPAQUE;
    }
    if (type == LangfuseMedia.class) {
      return MEDIA;
    }
    if (Map.class.isAssignableFrom(type)) {
      return MAP;
    }
    if (JsonNode.class.isAssignableFrom(type)) {
      return NODE;
    }
    if (isAny(type, TEXT_TYPES)) {
      return TEXT;
    }
    if (isAny(type, HOLDER_TYPES)) {
      return HOLDER;
    }
    if (TemporalAccessor.class.isAssignableFrom(type)
        || Date.class.isAssignableFrom(type)
        || Calendar.class.isAssignableFrom(type)) {
      return TIME;
    }
    if (Throwable.class.isAssignableFrom(type)) {
      return THROWABLE;
    }
    if (Map.Entry.class.isAssignableFrom(type)) {
      return ENTRY;
    }
    if (ByteBuffer.class.isAssignableFrom(type)) {
      return BYTES;
    }
    if (Collection.class.isAssignableFrom(type)) {
      return ITERABLE;
    }
    if (com.fasterxml.jackson.databind.JsonSerializable.class.isAssignableFrom(type)
        || Enum.class.isAssignableFrom(type)
        || type.isRecord()) {
      return BEAN;
    }
    if (isOpaque(type)) {
      return OPAQUE;
    }
    return Iterable.class.isAssignableFrom(type) ? ITERABLE : BEAN;
  }

  private static boolean isOpaque(Class<?> type) {
    return isAny(type, OPAQUE_TYPES)
        || type.isHidden()
        || LazyCollections.isEntityProxy(type)
        || OPAQUE_INTERFACES.stream()
            .anyMatch(name -> LazyCollections.findInterface(type, name) != null)
        || PLATFORM_PACKAGES.stream().anyMatch(type.getName()::startsWith);
  }

  private static boolean isAny(Class<?> type, List<Class<?>> candidates) {
    for (Class<?> candidate : candidates) {
      if (candidate.isAssignableFrom(type)) {
        return true;
      }
    }
    return false;
  }

  static String keyText(@Nullable Object key) {
    if (key instanceof String string) {
      return string;
    }
    if (key == null) {
      return "null";
    }
    if (key instanceof Enum<?> constant) {
      return constant.name();
    }
    return KINDS.get(key.getClass()) == TIME ? timeText(key) : textOf(key);
  }

  /** {@code toString()} of a class we do not know, which may fail or return null. */
  static String textOf(Object value) {
    try {
      String text = value instanceof Class<?> type ? type.getName() : value.toString();
      return text == null ? Markers.unopened(value.getClass()) : text;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return Markers.failed(value.getClass(), e);
    }
  }

  static String bytesText(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return "<not serializable bytes>";
    }
  }

  @SuppressWarnings("JavaUtilDate") // it is the application that passes one
  private static String timeText(Object time) {
    if (time instanceof ZonedDateTime zoned) {
      return zoned.toOffsetDateTime().toString();
    }
    if (time instanceof Calendar calendar) {
      return calendar.toInstant().toString();
    }
    // java.sql.Date and Time refuse toInstant() but share the millisecond value.
    return time instanceof Date date
        ? Instant.ofEpochMilli(date.getTime()).toString()
        : textOf(time);
  }

  private static @Nullable Object held(Object holder) {
    if (holder instanceof Optional<?> optional) {
      return optional.orElse(null);
    }
    if (holder instanceof OptionalInt optional) {
      return optional.isPresent() ? optional.getAsInt() : null;
    }
    if (holder instanceof OptionalLong optional) {
      return optional.isPresent() ? optional.getAsLong() : null;
    }
    if (holder instanceof OptionalDouble optional) {
      return optional.isPresent() ? optional.getAsDouble() : null;
    }
    return ((AtomicReference<?>) holder).get();
  }
}
