package io.langfuse4j.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.DefaultSerializerProvider;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
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
  boolean write(JsonGenerator out, SerializerProvider provider, Object bean) throws IOException {
    JsonSerializer<Object> serializer =
        provider.findTypedValueSerializer(bean.getClass(), true, null);
    if (serializer instanceof UnknownSerializer || isEmptyBean(serializer)) {
      return false;
    }
    serializer.serialize(bean, out, provider);
    return true;
  }

  private static boolean isEmptyBean(JsonSerializer<Object> serializer) {
    return serializer instanceof com.fasterxml.jackson.databind.ser.std.BeanSerializerBase
        && !serializer.properties().hasNext();
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
  }

  private static final class BoundedProperty extends BeanPropertyWriter {
    private static final long serialVersionUID = 1L;

    BoundedProperty(BeanPropertyWriter original) {
      super(original);
    }

    @Override
    public void serializeAsField(Object bean, JsonGenerator out, SerializerProvider provider)
        throws Exception {
      Object value;
      try {
        value = get(bean);
      } catch (Exception | LinkageError | StackOverflowError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        out.writeFieldName(getName());
        out.writeString(Markers.failed(getType().getRawClass(), cause));
        return;
      }
      if (hasSerializer() || _typeSerializer != null) {
        super.serializeAsField(bean, out, provider);
      } else if (!isSuppressed(value)) {
        out.writeFieldName(getName());
        ((JsonWalk) provider.getAttribute(WALK)).write(out, value);
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
