package io.langfuse4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.pricing.Pricer;
import io.langfuse4j.server.store.ModelStore;
import io.langfuse4j.server.store.PricedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PricedModelsTest {
  private final Pricer pricer = new Pricer(project -> List.of());
  private final List<String> asked = new ArrayList<>();
  private final PricedModels models = new PricedModels(new CountingStore(), "p");

  @Test
  void get_asksTheStoreOncePerModel_alsoForOneThatIsGone() {
    Model known = pricer.models("p").get(0);

    assertThat(models.get(new PricedBy(known.id(), null, null))).isEqualTo(known);
    assertThat(models.get(new PricedBy(known.id(), null, null))).isEqualTo(known);
    assertThat(models.get(new PricedBy("gone", null, null))).isNull();
    assertThat(models.get(new PricedBy("gone", null, null))).isNull();
    assertThat(models.get(PricedBy.NOTHING)).isNull();
    assertThat(asked).containsExactly(known.id(), "gone");
  }

  private final class CountingStore implements ModelStore {
    @Override
    public List<Model> models(String project) {
      return pricer.models(project);
    }

    @Override
    public @Nullable Model model(String project, String id) {
      asked.add(id);
      return pricer.model(project, id);
    }

    @Override
    public CompletableFuture<Boolean> addModel(String project, Model model) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Boolean> deleteModel(String project, String id) {
      throw new UnsupportedOperationException();
    }
  }
}
