package io.langfuse4j.examples.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.examples.helpdesk.chat.TokenCounter;
import io.langfuse4j.examples.helpdesk.policies.Passage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextTest {
  private static final List<Passage> PASSAGES =
      List.of(
          new Passage("Bulbs", "Lamps take E27 bulbs. One bulb is in the box.", 2),
          new Passage("Dimmers", "All dimmers work.", 1));

  @Test
  void of_enoughRoom_takesEverything() {
    assertThat(Context.of(PASSAGES, 100))
        .isEqualTo(
            new Context(
                """
                ## Bulbs
                Lamps take E27 bulbs. One bulb is in the box.

                ## Dimmers
                All dimmers work.

                """,
                List.of()));
  }

  @Test
  void of_littleRoom_cutsBetweenSentencesAndSaysWhere() {
    String expected =
        """
        ## Bulbs
        Lamps take E27 bulbs.

        """;

    Context context = Context.of(PASSAGES, TokenCounter.count(expected));

    assertThat(context).isEqualTo(new Context(expected, List.of("Bulbs", "Dimmers")));
  }
}
