package io.langfuse4j.examples.helpdesk.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicySearchTest {
  private final List<Policy> policies = PolicyLibrary.load();
  private final PolicySearch search = PolicySearch.over(policies);

  @Test
  void load_readsFortyPolicies() {
    assertThat(policies).hasSize(40).doesNotHaveDuplicates();
    assertThat(policies).extracting(Policy::title).doesNotHaveDuplicates();
    assertThat(policies)
        .allMatch(policy -> policy.text().endsWith(".") && policy.text().length() > 80);
    assertThat(policies.get(0).title()).isEqualTo("Delivery times");
  }

  @ParameterizedTest
  @CsvSource({
    "Do you deliver to Norway?, Delivery abroad",
    "My lamp flickers: does the guarantee cover it?, Guarantee",
    "Can gift cards expire?, Gift cards",
    "How do I clean a linen shade?, Cleaning",
    "Is the lamp safe in a bathroom?, Bathrooms and gardens",
    "Do you take back old lamps?, Recycling old lamps",
  })
  void find_sharedWords_putsThePolicyFirst(String query, String title) {
    assertThat(search.find(query, 4)).first().returns(title, Passage::title);
  }

  @ParameterizedTest
  @CsvSource({
    "How long until I get my money back?, When refunds are paid",
    "I can't remember my login details, Resetting a password",
    "Am I allowed to take the camping lantern on a plane?, Lithium batteries in baggage",
  })
  void find_paraphrase_missesThePolicy(String query, String title) {
    assertThat(search.find(query, 4)).extracting(Passage::title).doesNotContain(title);
  }

  @Test
  void find_many_returnsBestFirstUpToTheLimit() {
    List<Passage> passages = search.find("parcel from the warehouse", 3);

    assertThat(passages).hasSize(3);
    assertThat(passages)
        .extracting(Passage::score)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void find_onlyStopWords_returnsNothing() {
    assertThat(search.find("Who are you?", 4)).isEmpty();
  }
}
