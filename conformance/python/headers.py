"""The headers that carry a trace and its attributes to another service: Langfuse's SDK for Python
sends the recorded ones, and understands those that the Java SDK sends. The Java side of the same
file is HeaderVectorsTest."""

import json
import pathlib
import re

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "vectors/headers.json"


def check(langfuse, propagate_attributes):
    from opentelemetry import context, propagate

    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    attributes = vectors["attributes"]
    headers = {}
    with langfuse.start_as_current_observation(
        name="caller",
        trace_context={
            "trace_id": vectors["traceId"],
            "parent_span_id": vectors["parentSpanId"],
        },
    ):
        with propagate_attributes(
            user_id=attributes["userId"],
            session_id=attributes["sessionId"],
            version=attributes["version"],
            trace_name=attributes["traceName"],
            tags=attributes["tags"],
            metadata=attributes["metadata"],
            as_baggage=True,
        ):
            propagate.inject(headers)
    sent = ",".join(sorted(headers["baggage"].split(",")))
    assert sent == vectors["baggage"]["python"], sent
    assert re.fullmatch(f"00-{vectors['traceId']}-[0-9a-f]{{16}}-01", headers["traceparent"])

    token = context.attach(
        propagate.extract(
            {
                "traceparent": f"00-{vectors['traceId']}-{vectors['parentSpanId']}-01",
                "baggage": vectors["baggage"]["java"],
            }
        )
    )
    try:
        observation = langfuse.start_observation(name="called")
        observation.end()
    finally:
        context.detach(token)
    assert observation.trace_id == vectors["traceId"]
    received = dict(observation._otel_span.attributes)
    assert received.pop("langfuse.observation.type") == "span"
    assert received == vectors["receivedByPython"], received
