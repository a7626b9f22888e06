package io.langfuse4j.examples.evaluation;

import io.langfuse4j.Langfuse;
import io.langfuse4j.evaluation.DatasetFiles;
import io.langfuse4j.evaluator.Evaluators;
import io.langfuse4j.junit.ExperimentTests;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The gate: nine of ten tickets must reach the right team, or the build fails. With {@code
 * LANGFUSE_*} variables the traces and scores are in Langfuse, too.
 */
class TicketEvaluationTest {

  private static final Path TICKETS = Path.of("src/test/resources/tickets.csv");

  TicketSorter sorter() {
    return TicketSorter.standard();
  }

  @TestFactory
  Stream<DynamicNode> tickets() {
    TicketSorter sorter = sorter();
    return ExperimentTests.of(
            Langfuse.get()
                .experiment("tickets")
                .data(DatasetFiles.items(TICKETS, String.class, String.class))
                .task(ticket -> sorter.team(ticket.input()))
                .evaluator(Evaluators.exactMatch()))
        .mean("exact_match", 0.9)
        .report(Path.of("target/evaluation.md"))
        .tests();
  }
}
