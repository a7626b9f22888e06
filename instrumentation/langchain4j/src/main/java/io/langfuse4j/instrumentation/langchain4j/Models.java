package io.langfuse4j.instrumentation.langchain4j;

import static io.langfuse4j.ObservationType.GENERATION;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.moderation.Moderation;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import io.langfuse4j.instrumentation.Accessors;
import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelResponse;
import io.opentelemetry.context.Scope;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models of one question and one answer: images, scores, moderation. Their interfaces have few
 * methods, but more in each version, so proxies stand in front of them. Every public way of asking
 * is a call; those that a model builds on others of its own are one.
 */
final class Models implements InvocationHandler {

  private final Object model;
  private final Calls calls;
  private final String name;

  private Models(Object model, Calls calls, String name) {
    this.model = model;
    this.calls = calls;
    this.name = name;
  }

  static ImageModel image(ImageModel model, Calls calls) {
    return wrap(ImageModel.class, model, calls, "image");
  }

  static ScoringModel scoring(ScoringModel model, Calls calls) {
    return wrap(ScoringModel.class, model, calls, "score");
  }

  static ModerationModel moderation(ModerationModel model, Calls calls) {
    return wrap(ModerationModel.class, model, calls, "moderate");
  }

  private static <T> T wrap(Class<T> type, T model, Calls calls, String name) {
    if (Proxy.isProxyClass(model.getClass())
        && Proxy.getInvocationHandler(model) instanceof Models) {
      return model;
    }
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new Models(model, calls, name)));
  }

  @Override
  @SuppressWarnings("try") // the scope is the point
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return objectMethod(proxy, method, args);
    }
    if (method.getReturnType() != Response.class) {
      return proceed(method, args);
    }
    ModelCall call = calls.start(name, GENERATION);
    call.request(
        request ->
            request
                .model(Accessors.read(model, "modelName") instanceof String known ? known : null)
                .input(input(args)));
    Object answer;
    try (Scope scope = call.makeCurrent()) {
      answer = proceed(method, args);
    } catch (Throwable t) {
      Failures.fail(call, t);
      throw t;
    }
    call.succeed(response -> describe(response, answer));
    return answer;
  }

  private @Nullable Object proceed(Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    try {
      return method.invoke(model, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static @Nullable Object input(@Nullable Object @Nullable [] args) {
    List<Object> readable = new ArrayList<>();
    if (args != null) {
      for (Object arg : args) {
        if (arg != null) {
          readable.add(readable(arg));
        }
      }
    }
    return Messages.oneOrAll(readable);
  }

  private static Object readable(Object value) {
    if (value instanceof TextSegment segment) {
      return segment.text();
    } else if (value instanceof ChatMessage message) {
      return ChatMessages.one(message);
    } else if (value instanceof Image image) {
      return Messages.imagePart(ChatMessages.image(image));
    } else if (value instanceof Moderation moderation) {
      return verdict(moderation);
    } else if (value instanceof List<?> list) {
      return list.stream().map(Models::readable).toList();
    }
    return value instanceof Number || value instanceof Boolean ? value : value.toString();
  }

  private static Map<String, Object> verdict(Moderation moderation) {
    Map<String, Object> verdict = new LinkedHashMap<>();
    verdict.put("flagged", moderation.flagged());
    if (moderation.flaggedText() != null) {
      verdict.put("flagged_text", moderation.flaggedText());
    }
    return verdict;
  }

  private static void describe(ModelResponse description, @Nullable Object answer) {
    if (answer instanceof Response<?> response) {
      description
          .usageBuckets(Usage.buckets(response.tokenUsage()))
          .finishReason(ChatReader.finishReason(response.finishReason()));
      Object content = response.content();
      if (content != null) {
        description.output(readable(content));
      }
    }
  }

  private Object objectMethod(Object proxy, Method method, @Nullable Object @Nullable [] args) {
    return switch (method.getName()) {
      case "equals" -> args != null && args[0] == proxy;
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "Langfuse(" + model + ")";
    };
  }
}
