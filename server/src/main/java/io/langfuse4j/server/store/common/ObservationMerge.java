package io.langfuse4j.server.store.common;

import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.Content;
import io.langfuse4j.server.model.Observation.Identity;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.model.Observation.Timing;
import io.langfuse4j.server.model.Observation.Tools;
import io.langfuse4j.server.model.Observation.TraceAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a span that arrives again makes of the stored one: present values win over absent ones, the
 * newer over the older; where it began and in which environment stays.
 */
public final class ObservationMerge {
  private ObservationMerge() {}

  public static Observation merge(Observation older, Observation newer) {
    return new Observation(
        new Identity(older.traceId(), older.id(), later(older.parentId(), newer.parentId())),
        newer.type(),
        newer.name().isEmpty() ? older.name() : newer.name(),
        new Timing(
            older.timing().startTime(),
            later(older.timing().endTime(), newer.timing().endTime()),
            later(older.timing().completionStartTime(), newer.timing().completionStartTime())),
        newer.level(),
        later(older.statusMessage(), newer.statusMessage()),
        older.environment(),
        later(older.version(), newer.version()),
        later(older.release(), newer.release()),
        content(older.content(), newer.content()),
        modelCall(older.modelCall(), newer.modelCall()),
        traceAttributes(older.traceAttributes(), newer.traceAttributes()),
        newer.tools().equals(Tools.NONE) ? older.tools() : newer.tools(),
        later(older.experiment(), newer.experiment()),
        newer.source(),
        newer.root(),
        older.appRoot() || newer.appRoot());
  }

  private static Content content(Content older, Content newer) {
    return new Content(
        later(older.input(), newer.input()),
        later(older.output(), newer.output()),
        JsonText.merge(older.metadata(), newer.metadata()),
        JsonText.merge(older.flatMetadata(), newer.flatMetadata()));
  }

  private static ModelCall modelCall(ModelCall older, ModelCall newer) {
    return new ModelCall(
        later(older.model(), newer.model()),
        "{}".equals(newer.modelParameters()) ? older.modelParameters() : newer.modelParameters(),
        later(older.usage(), newer.usage()),
        later(older.cost(), newer.cost()),
        later(older.promptName(), newer.promptName()),
        later(older.promptVersion(), newer.promptVersion()));
  }

  private static TraceAttributes traceAttributes(TraceAttributes older, TraceAttributes newer) {
    return new TraceAttributes(
        later(older.name(), newer.name()),
        later(older.userId(), newer.userId()),
        later(older.sessionId(), newer.sessionId()),
        union(older.tags(), newer.tags()),
        later(older.isPublic(), newer.isPublic()));
  }

  public static List<String> union(List<String> older, List<String> newer) {
    if (newer.isEmpty() || older.equals(newer)) {
      return older;
    }
    Set<String> all = new LinkedHashSet<>(older);
    all.addAll(newer);
    return new ArrayList<>(all);
  }

  public static <T> @Nullable T later(@Nullable T older, @Nullable T newer) {
    return newer == null ? older : newer;
  }

  private static <K, V> Map<K, V> later(Map<K, V> older, Map<K, V> newer) {
    return newer.isEmpty() ? older : newer;
  }
}
