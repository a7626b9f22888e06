package io.langfuse4j.instrumentation.springai;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.Map;
import org.springframework.ai.image.Image;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImageResponse;
import org.springframework.ai.image.observation.ImageModelObservationContext;

/** Images. */
final class ImageReader extends ModelReader<ImageModelObservationContext> {

  ImageReader() {
    super(ImageModelObservationContext.class, "image", GENERATION);
  }

  @Override
  void describe(ModelRequest request, ImageModelObservationContext context) {
    request.input(
        Messages.oneOrAll(
            context.getRequest().getInstructions().stream().map(ImageMessage::getText).toList()));
    ImageOptions options = context.getRequest().getOptions();
    request
        .model(options.getModel())
        .parameter("n", options.getN())
        .parameter("width", options.getWidth())
        .parameter("height", options.getHeight())
        .parameter("style", options.getStyle())
        .parameter("response_format", options.getResponseFormat());
  }

  @Override
  void describe(ModelResponse description, ImageModelObservationContext context, Step step) {
    ImageResponse response = context.getResponse();
    if (response != null) {
      description.output(
          Messages.oneOrAll(
              response.getResults().stream().map(result -> part(result.getOutput())).toList()));
    }
  }

  private static Map<String, Object> part(Image image) {
    return Messages.imagePart(
        image.getB64Json() == null
            ? String.valueOf(image.getUrl())
            : Messages.dataUri("image/png", image.getB64Json()));
  }
}
