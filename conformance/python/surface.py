"""Every method of the API client that Langfuse generates for Python, called once against the server;
what it answers is read by the client's own types. A method that a newer client has fails here until
it is called, and one that the server does not have until it says why."""

import base64
import datetime
import functools
import hashlib
import inspect
import json
import urllib.parse
import urllib.request

PEOPLE = "there are no accounts, so nobody to be a member or to be assigned"
MODELS = "the server calls no models"
PAGES = "pages of Langfuse's own application"

# By the start of the method's name.
WITHOUT = {
    "annotation_queues.create_queue_assignment": PEOPLE,
    "annotation_queues.delete_queue_assignment": PEOPLE,
    "blob_storage_integrations.": "traces are exported by the command export",
    "feedback.": "meant for Langfuse's makers",
    "llm_connections.": MODELS,
    "organizations.delete_organization_membership": PEOPLE,
    "organizations.delete_project_membership": PEOPLE,
    "organizations.get_organization_api_keys": "keys belong to projects",
    "organizations.get_organization_memberships": PEOPLE,
    "organizations.get_project_memberships": PEOPLE,
    "organizations.update_organization_membership": PEOPLE,
    "organizations.update_project_membership": PEOPLE,
    "scim.": PEOPLE,
    "unstable.dashboard_widgets.": PAGES,
    "unstable.dashboards.": PAGES,
    "unstable.evaluation_rules.": MODELS,
    "unstable.evaluators.": MODELS,
}

TRACE = "5eeface0000000000000000000000001"
SPAN = "5eeface000000001"
NOW = datetime.datetime.now(datetime.timezone.utc)
DAY_AGO = NOW - datetime.timedelta(days=1)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SHA = base64.b64encode(hashlib.sha256(PNG).digest()).decode()


def methods(client, path=()):
    """The names of all methods of the client and of those it holds."""
    for name in sorted(dir(type(client))):
        member = inspect.getattr_static(type(client), name)
        if name.startswith("_") or name == "with_raw_response":
            continue
        if isinstance(member, property):
            yield from methods(getattr(client, name), (*path, name))
        elif inspect.isfunction(member):
            yield ".".join((*path, name))


def method_of(client, name):
    return functools.reduce(getattr, name.split("."), client)


def reason(name):
    return next((why for start, why in WITHOUT.items() if name.startswith(start)), None)


def check(client):
    """Calls them all, and prints those that the server does not have."""
    called = Called(client)
    everything(called)
    without = {}
    for name in methods(client):
        why = reason(name)
        if name in called.names:
            assert why is None, f"{name} is there, and said not to be"
        else:
            assert why is not None, f"{name} is not called"
            without.setdefault(f"{refusal(client, name)}, {why}", []).append(name)
    print(f"{len(called.names)} methods of the API client work; the others are answered with")
    for why, names in without.items():
        print(f"  {why}: {', '.join(names)}")


def refusal(client, name):
    """How the server says that it does not have it."""
    from langfuse.api.core import ApiError

    function = method_of(client, name)
    required = {
        parameter.name: stand_in(parameter.name)
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is inspect.Parameter.empty
    }
    try:
        function(**required)
    except ApiError as error:
        assert error.status_code in (404, 405, 501), f"{name}: {error.status_code} {error.body}"
        return error.status_code
    raise AssertionError(f"{name} is there, and said not to be")


def stand_in(parameter):
    if parameter in ("dimensions", "metrics", "filters", "goal"):
        return []
    if parameter in ("enabled", "force_path_style"):
        return True
    if parameter == "emails":
        return []
    return {} if parameter == "request" else "x"


class Called:
    """Calls methods by their names and remembers which."""

    def __init__(self, client):
        self.client = client
        self.names = set()

    def __call__(self, method, /, *args, **kwargs):
        self.names.add(method)
        return method_of(self.client, method)(*args, **kwargs)


def everything(api):
    tracing(api)
    scores(api)
    prompts(api)
    datasets(api)
    metrics(api)
    media(api)
    models(api)
    annotation(api)
    projects(api)
    deletions(api)


def tracing(api):
    from langfuse.api import IngestionEvent_TraceCreate, TraceBody
    from langfuse.api.opentelemetry import (
        OtelAttribute,
        OtelAttributeValue,
        OtelResource,
        OtelResourceSpan,
        OtelScope,
        OtelScopeSpan,
        OtelSpan,
    )

    assert api("health.health").status == "OK"

    start = int((NOW - datetime.timedelta(seconds=2)).timestamp() * 1e9)

    def text(key, value):
        return OtelAttribute(key=key, value=OtelAttributeValue(string_value=value))

    span = OtelSpan(
        trace_id=TRACE,
        span_id=SPAN,
        name="surface",
        kind=1,
        start_time_unix_nano=str(start),
        end_time_unix_nano=str(start + 1_500_000_000),
        attributes=[
            text("langfuse.observation.type", "generation"),
            text("langfuse.observation.model.name", "gpt-4o"),
            text("langfuse.observation.input", '{"question":"why?"}'),
            text("langfuse.observation.output", "because"),
            text("langfuse.observation.usage_details", '{"input":10,"output":5}'),
            text("langfuse.session.id", "surface session"),
            text("langfuse.user.id", "surface/user"),
            text("langfuse.trace.tags", '["surface"]'),
            text("langfuse.observation.metadata.key", "value"),
            text("langfuse.experiment.id", "surface-experiment"),
            text("langfuse.experiment.name", "surface experiment"),
            text("langfuse.experiment.item.id", "surface-item"),
            text("langfuse.experiment.item.root_observation_id", SPAN),
        ],
        status={},
    )
    api(
        "opentelemetry.export_traces",
        resource_spans=[
            OtelResourceSpan(
                resource=OtelResource(attributes=[text("service.name", "surface")]),
                scope_spans=[
                    OtelScopeSpan(
                        scope=OtelScope(name="surface", version="1", attributes=[]), spans=[span]
                    )
                ],
            )
        ],
    )
    answer = api(
        "ingestion.batch",
        batch=[
            IngestionEvent_TraceCreate(
                id="event-1",
                timestamp=NOW.isoformat(),
                body=TraceBody(id="other-trace", name="other", timestamp=NOW, tags=["b", "a"]),
            ),
            IngestionEvent_TraceCreate(
                id="event-2",
                timestamp=NOW.isoformat(),
                body=TraceBody(id="third-trace", name="third"),
            ),
        ],
    )
    assert [success.status for success in answer.successes] == [201, 201] and not answer.errors

    trace = api("trace.get", TRACE)
    assert trace.user_id == "surface/user" and trace.latency == 1.5, trace
    assert trace.observations[0].usage_details == {"input": 10, "output": 5, "total": 15}
    assert api("trace.get", TRACE, fields="core").observations == []
    filtered = api(
        "trace.list",
        page=1,
        limit=10,
        user_id="surface/user",
        name="surface",
        session_id="surface session",
        from_timestamp=DAY_AGO,
        to_timestamp=NOW + datetime.timedelta(days=1),
        order_by="timestamp.desc",
        tags=["surface"],
        environment=["default"],
        fields="core,io,scores,observations,metrics",
    )
    assert [trace.id for trace in filtered.data] == [TRACE] and filtered.meta.total_items == 1, filtered
    by_json = api(
        "trace.list",
        filter=json.dumps(
            [{"type": "string", "column": "userId", "operator": "contains", "value": "face/u"}]
        ),
    )
    assert [trace.id for trace in by_json.data] == [TRACE]

    one = api("legacy.observations_v1.get", SPAN)
    assert one.model == "gpt-4o" and one.calculated_total_cost > 0
    many = api(
        "legacy.observations_v1.get_many",
        page=1,
        limit=10,
        name="surface",
        user_id="surface/user",
        type="GENERATION",
        trace_id=TRACE,
        level="DEFAULT",
        environment=["default"],
        from_start_time=DAY_AGO,
        to_start_time=NOW,
    )
    assert [observation.id for observation in many.data] == [SPAN]
    newer = api(
        "observations.get_many",
        fields="core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context",
        expand_metadata="key",
        limit=10,
        name="surface",
        user_id="surface/user",
        type="GENERATION",
        trace_id=TRACE,
        level="DEFAULT",
        is_root_observation=True,
        environment=["default"],
        from_start_time=DAY_AGO,
        to_start_time=NOW,
    )
    assert newer.data[0].input == '{"question":"why?"}' and newer.data[0].metadata["key"] == "value"

    sessions = api(
        "sessions.list",
        page=1,
        limit=10,
        from_timestamp=DAY_AGO,
        to_timestamp=NOW,
        environment=["default"],
    )
    assert "surface session" in [session.id for session in sessions.data]
    session = api("sessions.get", "surface session")
    assert [trace.id for trace in session.traces] == [TRACE]

    experiments = api(
        "experiments.list",
        from_start_time=DAY_AGO,
        to_start_time=NOW,
        fields="core,metadata,scores",
        id="surface-experiment",
        limit=10,
        score_limit=5,
    )
    assert [experiment.name for experiment in experiments.data] == ["surface experiment"]
    items = api(
        "experiments.list_items",
        from_start_time=DAY_AGO,
        fields="core,dataset,io,metadata,itemMetadata,experimentMetadata,scores",
        experiment_id="surface-experiment",
        experiment_item_id="surface-item",
    )
    assert [item.trace_id for item in items.data] == [TRACE]


def scores(api):
    from langfuse.api import ConfigCategory

    config = api(
        "score_configs.create",
        name="taste",
        data_type="CATEGORICAL",
        categories=[ConfigCategory(label="bad", value=0), ConfigCategory(label="good", value=1)],
        description="how it tastes",
    )
    assert [category.label for category in config.categories] == ["bad", "good"]
    assert api("score_configs.get_by_id", config.id) == config
    changed = api("score_configs.update", config.id, description="by taste")
    assert changed.description == "by taste"
    assert config.id in [each.id for each in api("score_configs.get", page=1, limit=100).data]

    values = {
        "NUMERIC": 0.5,
        "CATEGORICAL": "good",
        "BOOLEAN": 1,
        "CORRECTION": "better",
        "TEXT": "some words",
    }
    for data_type, value in values.items():
        created = api(
            "scores.create",
            id="surface-" + data_type,
            name="surface " + data_type,
            value=value,
            data_type=data_type,
            trace_id=TRACE,
            observation_id=SPAN,
            comment="comment",
            metadata={"key": 1},
            environment="default",
        )
        assert created.id == "surface-" + data_type
        if data_type == "CORRECTION":
            # Langfuse answers without a value, which its client requires of these.
            continue
        score = api("scores.get_by_id", created.id)
        assert score.data_type == data_type and score.observation_id == SPAN, score
    api("legacy.score_v1.create", name="categorised", value="good", config_id=config.id,
        trace_id=TRACE, id="surface-config")
    api("scores.create", id="surface-session-score", name="of session", value=1,
        session_id="surface session")
    readable = values.keys() - {"CORRECTION"}
    listed = api(
        "scores.get_many",
        page=1,
        limit=100,
        trace_id=TRACE,
        score_ids="surface-config," + ",".join("surface-" + data_type for data_type in readable),
        from_timestamp=DAY_AGO,
        environment=["default"],
        source="API",
        fields="score,trace",
        user_id="surface/user",
        trace_tags=["surface"],
    )
    assert {score.id for score in listed.data} == {
        *("surface-" + data_type for data_type in readable),
        "surface-config",
    }, listed
    at_least = api("scores.get_many", operator=">=", value=0.5, name="surface NUMERIC")
    assert [score.value for score in at_least.data] == [0.5]
    of_session = api("scores.get_many", session_id="surface session")
    assert [score.id for score in of_session.data] == ["surface-session-score"]
    third = api(
        "scores_v3.get_many_v3",
        limit=100,
        fields="core,details,subject,annotation",
        trace_id=TRACE,
        from_timestamp=DAY_AGO,
    )
    words = {score.id: score.value for score in third.data}
    assert words["surface-TEXT"] == "some words" and words["surface-CORRECTION"] == "better"
    assert {score.subject.kind for score in third.data} == {"observation", "trace"}


def quoted(name):
    """The client leaves names in paths to its callers."""
    return urllib.parse.quote(name, safe="")


def prompts(api):
    from langfuse.api import (
        ChatMessage,
        CreateChatPromptRequest,
        CreateTextPromptRequest,
        PlaceholderMessage,
    )

    text = api(
        "prompts.create",
        request=CreateTextPromptRequest(
            name="folder/sürface ?#%", prompt="Hello {{name}}", labels=["production"], tags=["t"],
            config={"k": [1]}, commit_message="first",
        ),
    )
    assert text.version == 1 and text.labels == ["production", "latest"], text.labels
    chat = api(
        "prompts.create",
        request=CreateChatPromptRequest(
            name="surface chat",
            type="chat",
            prompt=[
                ChatMessage(role="system", content="Be kind"),
                PlaceholderMessage(type="placeholder", name="history"),
            ],
        ),
    )
    assert len(chat.prompt) == 2
    got = api("prompts.get", quoted("folder/sürface ?#%"), label="production", resolve=True)
    assert got.prompt == "Hello {{name}}" and got.commit_message == "first"
    assert api("prompts.get", "surface chat", version=1).type == "chat"
    listed = api(
        "prompts.list",
        name="folder/sürface ?#%",
        label="production",
        tag="t",
        page=1,
        limit=10,
        from_updated_at=DAY_AGO,
        to_updated_at=NOW + datetime.timedelta(days=1),
    )
    assert [meta.versions for meta in listed.data] == [[1]]
    labelled = api("prompt_version.update", quoted("folder/sürface ?#%"), 1, new_labels=["staging"])
    assert "staging" in labelled.labels


def datasets(api):
    dataset = api(
        "datasets.create",
        name="folder/data set",
        description="of the surface",
        metadata={"k": 1},
        input_schema={"type": "object"},
    )
    assert api("datasets.get", quoted("folder/data set")).id == dataset.id
    assert "folder/data set" in [each.name for each in api("datasets.list", page=1, limit=10).data]
    item = api(
        "dataset_items.create",
        dataset_name="folder/data set",
        id="surface-item",
        input={"q": 1},
        expected_output="a",
        metadata={"m": True},
        source_trace_id=TRACE,
        source_observation_id=SPAN,
        status="ACTIVE",
    )
    assert item.input == {"q": 1} and item.dataset_name == "folder/data set"
    assert api("dataset_items.get", "surface-item") == item
    items = api(
        "dataset_items.list",
        dataset_name="folder/data set",
        source_trace_id=TRACE,
        source_observation_id=SPAN,
        page=1,
        limit=10,
    )
    assert items.data == [item]
    at = api("dataset_items.list", dataset_name="folder/data set", version=item.updated_at)
    assert [each.id for each in at.data] == ["surface-item"], at
    run_item = api(
        "dataset_run_items.create",
        run_name="run/one",
        dataset_item_id="surface-item",
        run_description="first",
        metadata={"r": 1},
        trace_id=TRACE,
        observation_id=SPAN,
        dataset_version=item.updated_at,
        created_at=NOW,
    )
    assert run_item.dataset_run_name == "run/one"
    run = api("datasets.get_run", quoted("folder/data set"), quoted("run/one"))
    assert [each.trace_id for each in run.dataset_run_items] == [TRACE]
    assert run.metadata == {"r": 1} and run.description == "first"
    runs = api("datasets.get_runs", quoted("folder/data set"), page=1, limit=10)
    assert [each.name for each in runs.data] == ["run/one"]
    listed = api("dataset_run_items.list", dataset_id=dataset.id, run_name="run/one", page=1, limit=10)
    assert [each.id for each in listed.data] == [run_item.id]


def metrics(api):
    query = {
        "view": "observations",
        "dimensions": [{"field": "providedModelName"}],
        "metrics": [
            {"measure": "count", "aggregation": "count"},
            {"measure": "latency", "aggregation": "p95"},
        ],
        "filters": [],
        "timeDimension": {"granularity": "day"},
        "fromTimestamp": DAY_AGO.isoformat(),
        "toTimestamp": (NOW + datetime.timedelta(hours=1)).isoformat(),
        "orderBy": [{"field": "count_count", "direction": "desc"}],
    }
    for name in ("metrics.metrics", "legacy.metrics_v1.metrics"):
        rows = api(name, query=json.dumps(query)).data
        assert any(row["providedModelName"] == "gpt-4o" for row in rows), rows


def media(api):
    answer = api(
        "media.get_upload_url",
        content_type="image/png",
        content_length=len(PNG),
        sha256hash=SHA,
        field="input",
        trace_id=TRACE,
        observation_id=SPAN,
    )
    upload = urllib.request.Request(
        answer.upload_url,
        data=PNG,
        method="PUT",
        headers={"Content-Type": "image/png", "x-amz-checksum-sha256": SHA},
    )
    with urllib.request.urlopen(upload) as response:
        status = response.status
    api(
        "media.patch",
        answer.media_id,
        uploaded_at=NOW,
        upload_http_status=status,
        upload_time_ms=3,
    )
    stored = api("media.get", answer.media_id)
    assert stored.content_length == len(PNG)
    with urllib.request.urlopen(stored.url) as response:
        assert response.read() == PNG


def models(api):
    from langfuse.api import PricingTierInput

    model = api(
        "models.create",
        model_name="surface-model",
        match_pattern="(?i)^surface-model$",
        unit="TOKENS",
        start_date=DAY_AGO,
        pricing_tiers=[
            PricingTierInput(
                name="Standard", is_default=True, priority=0, conditions=[], prices={"input": 1e-6}
            )
        ],
    )
    assert api("models.get", model.id).model_name == "surface-model"
    listed = api("models.list", page=2, limit=1)
    assert listed.meta.total_items == listed.meta.total_pages > 100
    every_model(api)
    api("models.delete", model.id)


def every_model(api):
    """Of prices that depend on a request's parameters Langfuse's client knows nothing yet."""
    from pydantic import ValidationError

    for page in (1, 2):
        try:
            api("models.list", page=page, limit=100)
        except ValidationError as error:
            beyond = [each["loc"] for each in error.errors() if "conditions" not in each["loc"]]
            assert beyond == [], beyond


def annotation(api):
    from langfuse.api import NotFoundError

    project = api("projects.get").data[0].id
    comment = api(
        "comments.create",
        project_id=project,
        object_type="TRACE",
        object_id=TRACE,
        content="well said",
    )
    assert api("comments.get_by_id", comment.id).content == "well said"
    comments = api("comments.get", page=1, limit=10, object_type="TRACE", object_id=TRACE)
    assert [each.id for each in comments.data] == [comment.id]

    config = api("score_configs.create", name="rating", data_type="NUMERIC", min_value=0, max_value=5)
    queue = api(
        "annotation_queues.create_queue",
        name="surface queue",
        score_config_ids=[config.id],
        description="to be looked at",
    )
    assert api("annotation_queues.get_queue", queue.id) == queue
    queues = api("annotation_queues.list_queues", page=1, limit=10)
    assert queue.id in [each.id for each in queues.data]
    item = api(
        "annotation_queues.create_queue_item", queue.id, object_id=TRACE, object_type="TRACE"
    )
    assert item.status == "PENDING" and item.completed_at is None
    assert api("annotation_queues.get_queue_item", queue.id, item.id) == item
    done = api("annotation_queues.update_queue_item", queue.id, item.id, status="COMPLETED")
    assert done.completed_at is not None
    items = api(
        "annotation_queues.list_queue_items", queue.id, status="COMPLETED", page=1, limit=10
    )
    assert [each.id for each in items.data] == [item.id]
    assert api("annotation_queues.delete_queue_item", queue.id, item.id).success
    try:
        api("annotation_queues.get_queue_item", queue.id, item.id)
        raise AssertionError("a deleted item is still there")
    except NotFoundError:
        pass


def projects(api):
    created = api("projects.create", name="surface project", retention=0, metadata={"k": "v"})
    updated = api("projects.update", created.id, name="surface", metadata={"k": "w"}, retention=0)
    assert updated.name == "surface"
    key = api("projects.create_api_key", created.id, note="of the surface")
    assert key.secret_key.startswith("sk-lf-") and key.note == "of the surface"
    keys = api("projects.get_api_keys", created.id)
    assert key.id in [each.id for each in keys.api_keys]
    assert api("projects.delete_api_key", created.id, key.id).success
    owned = api("organizations.get_organization_projects")
    assert created.id in [each.id for each in owned.projects]
    assert api("projects.delete", created.id).success


def deletions(api):
    api("dataset_items.delete", "surface-item")
    api("datasets.delete_run", quoted("folder/data set"), quoted("run/one"))
    api("prompts.delete", quoted("folder/sürface ?#%"), version=1)
    api("prompts.delete", "surface chat")
    api("legacy.score_v1.delete", "surface-NUMERIC")
    api("trace.delete", "other-trace")
    api("trace.delete_multiple", trace_ids=[TRACE, "third-trace"])
    left = {trace.id for trace in api("trace.list", limit=100).data}
    assert left.isdisjoint({TRACE, "other-trace", "third-trace"}), left
