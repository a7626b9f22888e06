package io.langfuse4j.internal.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.DefaultSerializerProvider;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
import com.fasterxml.jackson.databind.ser.impl.UnsupportedTypeSerializer;
import com.fasterxml.jackson.databind.ser.std.JsonValueSerializer;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jackson's knowledge of beans and records, with two changes: a getter that throws costs its own
 * property only, and property values go back to the {@link JsonWalk}, which bounds them.
 *
 * <p>Thread-safe; providers are not.
 */
final class BeanSerializers {

  private static final Object WALK = new Object();

  private final ObjectMapper mapper =
      JsonMapper.builder()
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(SerializationFeature.FAIL_ON_SELF_REFERENCES)
          .addModule(new SimpleModule("langfuse4j").setSerializerModifier(new BoundedProperties()))
          .build();

  SerializerProvider newProvider(JsonWalk walk) {
    DefaultSerializerProvider template = (DefaultSerializerProvider) mapper.getSerializerProvider();
    SerializerProvider provider =
        template.createInstance(mapper.getSerializationConfig(), mapper.getSerializerFactory());
    provider.setAttribute(WALK, walk);
    return provider;
  }

  /** False if the class has nothing to show: no property, no serialiser of its own. */
  boolean write(JsonWalk walk, JsonGenerator out, SerializerProvider provider, Object bean)
      throws IOException {
    JsonSerializer<Object> serializer =
        provider.findTypedValueSerializer(bean.getClass(), true, null);
    if (serializer instanceof UnknownSerializer) {
      return false;
    }
    if (serializer.usesObjectId()) {
      walk.identified();
    }
    serializer.serialize(bean, out, provider);
    return true;
  }

  private static JsonWalk walk(SerializerProvider provider) {
    return (JsonWalk) provider.getAttribute(WALK);
  }

  private static final class BoundedProperties extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public List<BeanPropertyWriter> changeProperties(
        SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
      properties.replaceAll(
          writer ->
              writer.getClass() == BeanPropertyWriter.class ? new BoundedProperty(writer) : writer);
      return properties;
    }

    @Override
    public JsonSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
      AnnotatedMember value = bean.findJsonValueAccessor();
      if (value == null || !(serializer instanceof JsonValueSerializer)) {
        return serializer;
      }
      value.fixAccess(config.isEnabled(MapperFeature.OVERRIDE_PUBLIC_ACCESS_MODIFIERS));
      return new ValueOf(value);
    }
  }

  /** Writes what the method with {@code @JsonValue} returns. */
  private static final class ValueOf extends JsonSerializer<Object> {
    private final AnnotatedMember accessor;

    ValueOf(AnnotatedMember accessor) {
      this.accessor = accessor;
    }

    @Override
    public void serialize(Object bean, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      walk(provider).property(accessor.getValue(bean));
    }
  }

  private static final class BoundedProperty extends BeanPropertyWriter {
    private static final long serialVersionUID = 1L;

    BoundedProperty(BeanPropertyWriter original) {
      super(original);
    }

    /**
     * Jackson fixes the serialiser of a property whose type is final, for example a string, a
     * record or a time. Only what an annotation asks for is kept; the rest is the walk's.
     */
    @Override
    public void assignSerializer(JsonSerializer<Object> serializer) {
      boolean wanted =
          serializer instanceof StdDelegatingSerializer
              || getSerializationType() != null
              || getAnnotation(JsonFormat.class) != null;
      if (wanted && !(serializer instanceof UnsupportedTypeSerializer)) {
        super.assignSerializer(serializer);
      }
    }

    @Override
    public void serializeAsField(Object bean, JsonGenerator out, SerializerProvider provider)
        throws Exception {
      JsonWalk walk = walk(provider);
      if (getAnnotation(JsonTypeInfo.class) != null) {
        super.serializeAsField(bean, out, provider);
        return;
      }
      Object value;
      try {
        value = walk.leavesOut() ? Markers.OMITTED : get(bean);
      } catch (Exception | LinkageError | StackOverflowError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        value = Markers.failed(getType().getRawClass(), cause);
      }
      if (isSuppressed(value)) {
        return;
      }
      out.writeFieldName(_name);
      if (value == Markers.OMITTED) {
        out.writeRawValue('"' + Markers.OMITTED + '"');
      } else if (_serializer == null || value == null) {
        walk.property(value);
      } else {
        walk.custom(value, _serializer);
      }
    }

    private boolean isSuppressed(@Nullable Object value) {
      if (value == null) {
        return _suppressNulls;
      }
      if (_suppressableValue == null) {
        return false;
      }
      return _suppressableValue == MARKER_FOR_EMPTY
          ? isEmpty(value)
          : _suppressableValue.equals(value);
    }

    private static boolean isEmpty(Object value) {
      return value instanceof CharSequence text && text.length() == 0
          || value instanceof Collection<?> collection && collection.isEmpty()
          || value instanceof Map<?, ?> map && map.isEmpty()
          || value instanceof java.util.Optional<?> optional && optional.isEmpty();
    }
  }
}
