"""Langfuse's SDK for Python against the server's jar: the programs of the documentation, prompts,
datasets, experiments and scores, each read back through the SDK; then its whole API client."""

import os
import pathlib
import re
import subprocess
import tempfile

import headers
import surface

HERE = pathlib.Path(__file__).resolve().parent
JAR = os.environ.get(
    "LANGFUSE4J_SERVER_JAR", str(HERE.parent.parent / "server/target/langfuse4j-server.jar")
)


def start(folder):
    process = subprocess.Popen(
        ["java", "-jar", JAR, "--port", "0", "--data", folder],
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout:
        ready = re.search(r" is ready at (http:\S+)", line)
        if ready:
            return process, ready.group(1)
    raise RuntimeError(f"the server ended: is {JAR} packaged?")


def tree(trace):
    """Names and types of the observations; siblings in alphabetical order."""
    ids = {observation.id for observation in trace.observations}

    def below(parent):
        children = [
            observation
            for observation in trace.observations
            if (observation.parent_observation_id == parent)
            or (parent is None and observation.parent_observation_id not in ids)
        ]
        return [
            (child.name, child.type.lower(), below(child.id))
            for child in sorted(children, key=lambda child: child.name)
        ]

    return below(None)


def check(langfuse, observe, propagate_attributes):
    # Context manager
    with langfuse.start_as_current_observation(
        as_type="span",
        name="user-request-pipeline",
        input={"user_query": "Tell me a joke"},
    ) as root_span:
        trace_id = root_span.trace_id
        with propagate_attributes(user_id="user_123", session_id="session_abc"):
            with langfuse.start_as_current_observation(
                as_type="generation",
                name="joke-generation",
                model="gpt-4o",
            ) as generation:
                generation.update(
                    output="Why did the span cross the road?",
                    usage_details={"input": 10, "output": 5},
                )
        root_span.update(output={"final_joke": "..."})
        root_span.score_trace(name="funny", value=0.9)
    langfuse.flush()
    trace = langfuse.api.trace.get(trace_id)
    assert tree(trace) == [
        ("user-request-pipeline", "span", [("joke-generation", "generation", [])])
    ], tree(trace)
    assert trace.user_id == "user_123" and trace.session_id == "session_abc"
    assert trace.input == {"user_query": "Tell me a joke"}
    assert trace.output == {"final_joke": "..."}
    assert [score.name for score in trace.scores] == ["funny"]
    assert trace.total_cost > 0

    # Observe decorator, nested
    @observe
    def my_data_processing_function(data, parameter):
        return {"processed_data": data, "status": "ok"}

    @observe
    def main_function(data, parameter):
        nested["trace"] = langfuse.get_current_trace_id()
        return my_data_processing_function(data, parameter)

    nested = {}
    main_function("data", parameter=1)
    langfuse.flush()
    trace = langfuse.api.trace.get(nested["trace"])
    assert tree(trace) == [
        ("main_function", "span", [("my_data_processing_function", "span", [])])
    ], tree(trace)

    # More complex nesting
    with langfuse.start_as_current_observation(as_type="span", name="main-operation") as main:
        manual_side_task = langfuse.start_observation(name="manual-side-task")
        manual_side_task.update(input="Data for side task")
        with langfuse.start_as_current_observation(
            as_type="span", name="core-step-within-main"
        ) as core_step_span:
            core_step_span.update(input="Data for core step")
            core_step_span.update(output="Core step finished")
        manual_side_task.update(output="Side task completed")
        manual_side_task.end()
        main.update(output="Main operation finished")
    langfuse.flush()
    trace = langfuse.api.trace.get(main.trace_id)
    assert tree(trace) == [
        (
            "main-operation",
            "span",
            [("core-step-within-main", "span", []), ("manual-side-task", "span", [])],
        )
    ], tree(trace)

    # Prompts
    langfuse.create_prompt(
        name="folder/greeting", prompt="Hello {{name}}", labels=["production"], config={"v": 1}
    )
    prompt = langfuse.get_prompt("folder/greeting", cache_ttl_seconds=0)
    assert prompt.compile(name="Ada") == "Hello Ada" and prompt.config == {"v": 1}
    langfuse.create_prompt(name="folder/greeting", prompt="Hi {{name}}")
    langfuse.update_prompt(name="folder/greeting", version=2, new_labels=["production"])
    assert langfuse.get_prompt("folder/greeting", cache_ttl_seconds=0).version == 2
    spare = langfuse.get_prompt("none", fallback="spare", max_retries=0)
    assert spare.prompt == "spare" and spare.is_fallback

    # Datasets and experiments
    langfuse.create_dataset(name="capitals", description="capitals", metadata={"k": 1})
    for country, capital in (("France", "Paris"), ("Germany", "Berlin")):
        langfuse.create_dataset_item(
            dataset_name="capitals", id=country, input=country, expected_output=capital
        )
    dataset = langfuse.get_dataset("capitals")
    assert len(dataset.items) == 2
    result = dataset.run_experiment(
        name="Capitals",
        run_name="first",
        task=lambda *, item, **kwargs: "Paris",
        evaluators=[exact],
    )
    langfuse.flush()
    assert len(result.item_results) == 2
    run = langfuse.get_dataset_run(dataset_name="capitals", run_name="first")
    assert len(run.dataset_run_items) == 2
    runs = langfuse.get_dataset_runs(dataset_name="capitals")
    assert [run.name for run in runs.data] == ["first"]
    item = next(i for i in run.dataset_run_items if i.dataset_item_id == "France")
    trace = langfuse.api.trace.get(item.trace_id)
    assert [(score.name, score.value) for score in trace.scores] == [("exact", 1.0)]

    # Scores, session, checks
    langfuse.create_score(name="session", value="good", session_id="session_abc", score_id="s1")
    langfuse.flush()
    assert langfuse.auth_check()


def exact(*, output, expected_output, **kwargs):
    from langfuse import Evaluation

    return Evaluation(name="exact", value=float(output == expected_output))


def main():
    with tempfile.TemporaryDirectory() as folder:
        process, url = start(folder)
        try:
            os.environ["LANGFUSE_PUBLIC_KEY"] = "pk-lf-local"
            os.environ["LANGFUSE_SECRET_KEY"] = "sk-lf-local"
            os.environ["LANGFUSE_BASE_URL"] = url
            from langfuse import get_client, observe, propagate_attributes

            langfuse = get_client()
            check(langfuse, observe, propagate_attributes)
            headers.check(langfuse, propagate_attributes)
            surface.check(langfuse.api)
            langfuse.shutdown()
            print("Langfuse's SDK for Python works against", JAR)
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
