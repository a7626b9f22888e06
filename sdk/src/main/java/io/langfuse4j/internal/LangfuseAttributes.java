package io.langfuse4j.internal;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * The span attributes of the Langfuse wire format, as the official SDKs write them. The value types
 * are part of the contract: the prompt version must be an int, the tags a string array.
 */
public final class LangfuseAttributes {

  /** Instrumentation scope of every observation; the server keys on this name. */
  public static final String SCOPE_NAME = "langfuse-sdk";

  public static final AttributeKey<String> OBSERVATION_TYPE =
      stringKey("langfuse.observation.type");
  public static final AttributeKey<String> OBSERVATION_INPUT =
      stringKey("langfuse.observation.input");
  public static final AttributeKey<String> OBSERVATION_OUTPUT =
      stringKey("langfuse.observation.output");
  public static final AttributeKey<String> OBSERVATION_LEVEL =
      stringKey("langfuse.observation.level");
  public static final AttributeKey<String> OBSERVATION_STATUS_MESSAGE =
      stringKey("langfuse.observation.status_message");
  public static final AttributeKey<String> OBSERVATION_METADATA =
      stringKey("langfuse.observation.metadata");
  public static final AttributeKey<String> OBSERVATION_MODEL =
      stringKey("langfuse.observation.model.name");
  public static final AttributeKey<String> OBSERVATION_MODEL_PARAMETERS =
      stringKey("langfuse.observation.model.parameters");
  public static final AttributeKey<String> OBSERVATION_USAGE_DETAILS =
      stringKey("langfuse.observation.usage_details");
  public static final AttributeKey<String> OBSERVATION_COST_DETAILS =
      stringKey("langfuse.observation.cost_details");
  public static final AttributeKey<String> OBSERVATION_COMPLETION_START_TIME =
      stringKey("langfuse.observation.completion_start_time");
  public static final AttributeKey<String> OBSERVATION_PROMPT_NAME =
      stringKey("langfuse.observation.prompt.name");
  public static final AttributeKey<Long> OBSERVATION_PROMPT_VERSION =
      longKey("langfuse.observation.prompt.version");

  public static final AttributeKey<String> TRACE_NAME = stringKey("langfuse.trace.name");
  public static final AttributeKey<String> TRACE_INPUT = stringKey("langfuse.trace.input");
  public static final AttributeKey<String> TRACE_OUTPUT = stringKey("langfuse.trace.output");
  public static final AttributeKey<List<String>> TRACE_TAGS = stringArrayKey("langfuse.trace.tags");
  public static final AttributeKey<Boolean> TRACE_PUBLIC = booleanKey("langfuse.trace.public");
  public static final AttributeKey<String> USER_ID = stringKey("user.id");
  public static final AttributeKey<String> SESSION_ID = stringKey("session.id");

  public static final AttributeKey<String> ENVIRONMENT = stringKey("langfuse.environment");
  public static final AttributeKey<String> RELEASE = stringKey("langfuse.release");
  public static final AttributeKey<String> VERSION = stringKey("langfuse.version");

  public static final AttributeKey<Boolean> AS_ROOT = booleanKey("langfuse.internal.as_root");
  public static final AttributeKey<Boolean> IS_APP_ROOT =
      booleanKey("langfuse.internal.is_app_root");

  /** The environment of everything inside an experiment. */
  public static final String EXPERIMENT_ENVIRONMENT = "sdk-experiment";

  public static final AttributeKey<String> EXPERIMENT_ID = stringKey("langfuse.experiment.id");
  public static final AttributeKey<String> EXPERIMENT_NAME = stringKey("langfuse.experiment.name");
  public static final AttributeKey<String> EXPERIMENT_DATASET_ID =
      stringKey("langfuse.experiment.dataset.id");
  public static final AttributeKey<String> EXPERIMENT_ITEM_ID =
      stringKey("langfuse.experiment.item.id");
  public static final AttributeKey<String> EXPERIMENT_ROOT_ID =
      stringKey("langfuse.experiment.item.root_observation_id");
  public static final String EXPERIMENT_METADATA_PREFIX = "langfuse.experiment.metadata.";
  public static final String EXPERIMENT_ITEM_METADATA_PREFIX = "langfuse.experiment.item.metadata.";

  public static final String OBSERVATION_METADATA_PREFIX = "langfuse.observation.metadata.";
  public static final String TRACE_METADATA_PREFIX = "langfuse.trace.metadata.";

  private LangfuseAttributes() {}
}
