package io.langfuse4j.server.store;

import static io.langfuse4j.server.store.Spans.START;
import static io.langfuse4j.server.store.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Offset.offset;

import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.pricing.Model.Tier;
import io.langfuse4j.server.store.Filter.Operator;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link TraceStore} does. An implementation extends this and opens itself. */
public abstract class TraceStoreContract {
  private static final String PROJECT = "project";

  private TraceStore store;

  /** A store with nothing in it. */
  protected abstract TraceStore openEmpty();

  @BeforeEach
  void open() {
    store = openEmpty();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void write(MappedSpan... spans) {
    store.write(PROJECT, List.of(spans)).join();
  }

  private StoredTrace trace(String id) {
    return store.trace(PROJECT, id);
  }

  private List<String> ids(TraceQuery query) {
    return store.traces(query).stream().map(trace -> trace.summary().id()).toList();
  }

  private List<String> ids(Filter... filters) {
    return ids(TraceQuery.of(PROJECT).filters(List.of(filters)));
  }

  private List<String> observationIds(ObservationQuery query) {
    return store.observations(query).stream().map(found -> found.observation().id()).toList();
  }

  private List<String> observationIds(Filter... filters) {
    return observationIds(ObservationQuery.of(PROJECT).filters(List.of(filters)));
  }

  @Nested
  class Empty {
    @Test
    void reads_findNothing() {
      assertThat(store.traces(TraceQuery.of(PROJECT))).isEmpty();
      assertThat(store.countTraces(TraceQuery.of(PROJECT))).isZero();
      assertThat(store.trace(PROJECT, "t")).isNull();
      assertThat(store.observations(ObservationQuery.of(PROJECT))).isEmpty();
      assertThat(store.observation(PROJECT, null, "o")).isNull();
      assertThat(store.sessions(new SessionQuery(PROJECT, List.of(), 10, 0))).isEmpty();
      assertThat(store.observationIds(PROJECT, List.of("t"))).isEqualTo(Map.of("t", List.of()));
      assertThat(store.facets(TraceQuery.of(PROJECT), 5).values()).allMatch(List::isEmpty);
      assertThat(store.statistics(PROJECT).traces()).isZero();
    }

    @Test
    void write_nothing_completes() {
      assertThat(store.write(PROJECT, List.of())).isCompleted();
    }

    @Test
    void delete_unknownTrace_deletesNone() {
      assertThat(store.deleteTraces(PROJECT, List.of("t")).join()).isZero();
    }
  }

  @Nested
  class Observations {
    @Test
    void observation_withEveryField_readsBackEqual() {
      Observation complete = Spans.complete("t", "o");
      write(new MappedSpan(complete, TraceUpdate.firstSight("t", START, "staging")));

      StoredObservation read = store.observation(PROJECT, "t", "o");

      assertThat(read.observation()).isEqualTo(complete);
      assertThat(read.inputBytes()).isEqualTo(19);
      assertThat(read.outputBytes()).isGreaterThan(1000);
      assertThat(read.createdAt()).isEqualTo(read.updatedAt());
    }

    @Test
    void observation_largeContent_readsBackEqual() {
      String large = "abcdefghijklmnopqrstuvwxyz".repeat(120_000) + "🙂 end";
      write(span("t", "o").content(large, "").root());

      Observation read = store.observation(PROJECT, null, "o").observation();

      assertThat(read.content().input()).isEqualTo(large);
      assertThat(read.content().output()).isEmpty();
    }

    @Test
    void list_withoutContent_leavesContentOut() {
      write(span("t", "o").content("in", "out").root());

      StoredObservation listed = store.observations(ObservationQuery.of(PROJECT)).get(0);

      assertThat(listed.observation().content()).isEqualTo(Observation.Content.EMPTY);
      assertThat(listed.inputBytes()).isEqualTo(2);
    }

    @Test
    void sameIdInTwoTraces_areTwoObservations() {
      write(span("t1", "o").name("first").root(), span("t2", "o").name("second").root());

      assertThat(store.observation(PROJECT, "t1", "o").observation().name()).isEqualTo("first");
      assertThat(store.observation(PROJECT, "t2", "o").observation().name()).isEqualTo("second");
      assertThat(store.countObservations(ObservationQuery.of(PROJECT))).isEqualTo(2);
    }

    @Test
    void filters_narrowTheList() {
      write(
          span("t", "root").name("run").user("u").session("s").tags("blue").root(),
          span("t", "gen")
              .parent("root")
              .type(ObservationType.GENERATION)
              .name("ask")
              .model("gpt-4o", 10, 20, "0.5")
              .at(100, 1100)
              .child(),
          span("t", "bad").parent("gen").level(Level.ERROR).at(200, 300).child());

      assertThat(observationIds(Filter.equal("type", "GENERATION"))).containsExactly("gen");
      assertThat(observationIds(Filter.equal("level", "ERROR"))).containsExactly("bad");
      assertThat(observationIds(Filter.equal("parentObservationId", "root")))
          .containsExactly("gen");
      assertThat(observationIds(Filter.equal("name", "ask"))).containsExactly("gen");
      assertThat(observationIds(Filter.equal("model", "gpt-4o"))).containsExactly("gen");
      assertThat(observationIds(Filter.equal("userId", "u"))).hasSize(3);
      assertThat(observationIds(Filter.equal("traceId", "other"))).isEmpty();
      assertThat(observationIds(new Filter("latency", null, Operator.GREATER_OR_EQUAL, 1.0)))
          .containsExactly("gen");
      assertThat(observationIds(new Filter("totalTokens", null, Operator.EQUAL, 30.0)))
          .containsExactly("gen");
      assertThat(observationIds(Filter.equal("isRootObservation", true))).containsExactly("root");
      assertThat(
              observationIds(
                  Filter.from("startTime", START.plusMillis(100)),
                  Filter.before("startTime", START.plusMillis(200))))
          .containsExactly("gen");
      assertThat(observationIds(new Filter("model", null, Operator.IS_NULL, ""))).hasSize(2);
      assertThat(observationIds(Filter.allOf("tags", List.of("blue")))).hasSize(3);
    }

    @Test
    void filters_onMetadata_lookIntoTheObject() {
      write(
          span("t", "a").metadata("{\"region\":\"eu\",\"n\":5}").root(),
          span("t", "b").metadata("{\"region\":\"us\"}").child());

      assertThat(observationIds(new Filter("metadata", "region", Operator.EQUAL, "eu")))
          .containsExactly("a");
      assertThat(observationIds(new Filter("metadata", "n", Operator.EQUAL, "5")))
          .containsExactly("a");
      assertThat(ids(new Filter("metadata", "region", Operator.CONTAINS, "e")))
          .containsExactly("t");
    }

    @Test
    void unknownColumn_isRefused() {
      assertThatThrownBy(() -> observationIds(Filter.equal("nonsense", "x")))
          .isInstanceOf(UnsupportedColumnException.class)
          .hasMessageContaining("nonsense");
    }

    @Test
    void list_afterPosition_goesOnWithoutGapsOrRepeats() {
      List<MappedSpan> spans = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        spans.add(span("t" + i % 3, "o" + i).at(i / 5, i / 5 + 1).root());
      }
      store.write(PROJECT, spans).join();

      List<String> seen = new ArrayList<>();
      ObservationQuery query = ObservationQuery.of(PROJECT).page(4, 0);
      List<StoredObservation> page = store.observations(query);
      while (!page.isEmpty()) {
        page.forEach(found -> seen.add(found.observation().id()));
        Observation last = page.get(page.size() - 1).observation();
        page =
            store.observations(
                query.after(
                    new ObservationQuery.Position(
                        last.timing().startTime(), last.traceId(), last.id())));
      }

      assertThat(seen).hasSize(25).doesNotHaveDuplicates();
      assertThat(seen).isEqualTo(observationIds(ObservationQuery.of(PROJECT).page(100, 0)));
    }

    @Test
    void largePageWithContent_isWhatItsSmallOnesAre() {
      List<MappedSpan> spans = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        // Times repeat, so that ids decide as well.
        spans.add(
            span("t", "o" + i).at(i * 7 % 50, 60).content("in " + i, "x".repeat(i * 3)).child());
      }
      store.write(PROJECT, spans).join();
      ObservationQuery query =
          ObservationQuery.of(PROJECT).order(new Order("startTime", false)).content(true);

      List<StoredObservation> large = store.observations(query.page(1_000, 5));

      List<StoredObservation> small = new ArrayList<>();
      for (int from = 5; from < 400; from += 50) {
        small.addAll(store.observations(query.page(50, from)));
      }
      assertThat(large).hasSize(395).isEqualTo(small);
      assertThat(large.get(0).observation().content().input()).startsWith("in ");
    }
  }

  @Nested
  class Merging {
    @Test
    void sameSpanTwice_isStoredOnce() {
      MappedSpan span =
          span("t", "o").model("m", 1, 2, "0.1").tags("x").content("in", "out").root();
      write(span);
      StoredTrace before = trace("t");

      write(span);
      write(span, span);

      assertThat(store.countObservations(ObservationQuery.of(PROJECT))).isEqualTo(1);
      assertThat(trace("t").summary().totals()).isEqualTo(before.summary().totals());
      assertThat(trace("t").summary().tags()).containsExactly("x");
    }

    @Test
    void spanArrivingAgain_fillsInWhatWasMissing() {
      write(span("t", "o").content("in", null).running().root());
      assertThat(trace("t").summary().complete()).isFalse();

      write(span("t", "o").content(null, "out").model("m", 3, 4, "0.2").root());

      Observation merged = store.observation(PROJECT, "t", "o").observation();
      assertThat(merged.content().input()).isEqualTo("in");
      assertThat(merged.content().output()).isEqualTo("out");
      assertThat(trace("t").summary().totals().totalTokens()).isEqualTo(7);
      assertThat(trace("t").summary().totals().observations()).isEqualTo(1);
      assertThat(trace("t").summary().models()).containsExactly("m");
      assertThat(trace("t").summary().complete()).isTrue();
    }

    @Test
    void childBeforeItsParent_findsItsTrace() {
      write(span("t", "child").parent("root").at(50, 60).environment("prod").child());
      assertThat(trace("t").summary().name()).isNull();
      assertThat(trace("t").summary().complete()).isFalse();

      write(span("t", "root").name("run").at(0, 100).environment("prod").user("u").root());

      TraceSummary summary = trace("t").summary();
      assertThat(summary.name()).isEqualTo("run");
      assertThat(summary.userId()).isEqualTo("u");
      assertThat(summary.timestamp()).isEqualTo(START);
      assertThat(summary.totals().observations()).isEqualTo(2);
      assertThat(summary.totals().latency()).hasMillis(100);
      assertThat(summary.complete()).isTrue();
    }

    @Test
    void spansInAnyOrder_giveTheSameTrace() {
      List<MappedSpan> spans =
          new ArrayList<>(
              List.of(
                  span("t", "root").name("run").at(0, 100).tags("b").content("q", "a").root(),
                  span("t", "a").parent("root").at(10, 20).user("u").tags("a").update(),
                  span("t", "b").parent("root").at(30, 40).model("m", 1, 1, "1").child(),
                  span("t", "c").parent("b").at(35, 200).level(Level.ERROR).child()));
      store.write("expected", spans).join();
      TraceSummary expected = store.trace("expected", "t").summary();

      for (int seed = 0; seed < 10; seed++) {
        String project = "shuffled" + seed;
        Collections.shuffle(spans, new Random(seed));
        for (MappedSpan span : spans) {
          store.write(project, List.of(span)).join();
        }
        assertThat(store.trace(project, "t").summary())
            .usingRecursiveComparison()
            .ignoringFields("createdAt", "updatedAt", "types")
            .isEqualTo(expected);
      }
    }

    @Test
    void updatesOfOneRequest_applyInOrderOfTheirStart() {
      write(
          span("t", "late").at(90, 95).user("late").update(),
          span("t", "early").at(10, 15).user("early").update());

      assertThat(trace("t").summary().userId()).isEqualTo("late");
    }

    @Test
    void absentValue_erasesNothing() {
      write(span("t", "root").user("u").session("s").content("q", "a").root());
      write(span("t", "o").parent("root").traceName("named").update());

      StoredTrace merged = trace("t");
      assertThat(merged.summary().userId()).isEqualTo("u");
      assertThat(merged.summary().sessionId()).isEqualTo("s");
      assertThat(merged.summary().name()).isEqualTo("named");
      assertThat(merged.input()).isEqualTo("q");
    }

    @Test
    void tags_areUnitedAndSorted() {
      write(span("t", "a").tags("m", "z").root());
      write(span("t", "b").tags("a", "m").update());

      assertThat(trace("t").summary().tags()).containsExactly("a", "m", "z");
    }

    @Test
    void metadata_isMergedAtEveryDepth() {
      write(span("t", "a").metadata("{\"x\":{\"one\":1},\"y\":1}").root());
      write(span("t", "b").metadata("{\"x\":{\"two\":2},\"y\":2}").update());

      assertThat(trace("t").metadata()).isEqualTo("{\"x\":{\"one\":1,\"two\":2},\"y\":2}");
    }

    @Test
    void environment_isTheRootsOnceItHasArrived() {
      write(span("t", "child").environment("first").child());
      write(span("t", "root").environment("roots").root());
      write(span("t", "other").environment("later").update());

      assertThat(trace("t").summary().environment()).isEqualTo("roots");
    }
  }

  @Nested
  class Traces {
    @Test
    void totals_sumOverObservations() {
      write(
          span("t", "root").at(0, 1000).root(),
          span("t", "a").at(100, 300).model("m1", 10, 5, "0.25").child(),
          span("t", "b").at(400, 1500).model("m2", 1, 2, "0.5").level(Level.WARNING).child(),
          span("t", "c").at(500, 600).level(Level.ERROR).child());

      TraceSummary summary = trace("t").summary();
      assertThat(summary.totals())
          .isEqualTo(
              new TraceSummary.Totals(
                  4,
                  1,
                  1,
                  2,
                  0,
                  START,
                  START.plusMillis(500),
                  START.plusMillis(1500),
                  11L,
                  7L,
                  18L,
                  0.0,
                  0.0,
                  0.75));
      assertThat(summary.totals().latency()).hasMillis(1500);
      assertThat(summary.models()).containsExactly("m1", "m2");
      assertThat(summary.worstLevel()).isEqualTo(Level.ERROR);
    }

    @Test
    void list_isNewestFirst_andPaged() {
      write(
          IntStream.range(0, 7)
              .mapToObj(i -> span("t" + i, "o").at(i * 1000L, i * 1000L + 1).root())
              .toArray(MappedSpan[]::new));

      assertThat(ids(TraceQuery.of(PROJECT).page(3, 0))).containsExactly("t6", "t5", "t4");
      assertThat(ids(TraceQuery.of(PROJECT).page(3, 6))).containsExactly("t0");
      assertThat(ids(TraceQuery.of(PROJECT).order(new Order("timestamp", false)).page(2, 0)))
          .containsExactly("t0", "t1");
      assertThat(
              ids(
                  TraceQuery.of(PROJECT)
                      .after(new TraceQuery.Position(START.plusMillis(2000), "t2"))))
          .containsExactly("t1", "t0");
      assertThat(store.countTraces(TraceQuery.of(PROJECT).page(3, 0))).isEqualTo(7);
    }

    @Test
    void filters_narrowTheList() {
      write(
          span("t1", "o")
              .name("checkout")
              .user("u1")
              .session("s1")
              .tags("red", "hot")
              .environment("prod")
              .at(0, 2000)
              .model("gpt-4o", 1, 1, "0.5")
              .type(ObservationType.GENERATION)
              .root(),
          span("t2", "o").name("search").user("u2").tags("red").level(Level.ERROR).root(),
          span("t3", "o").name("search more").root());

      assertThat(ids(Filter.equal("name", "search"))).containsExactly("t2");
      assertThat(ids(Filter.equal("userId", "u1"))).containsExactly("t1");
      assertThat(ids(Filter.equal("sessionId", "s1"))).containsExactly("t1");
      assertThat(ids(Filter.anyOf("environment", List.of("prod")))).containsExactly("t1");
      assertThat(ids(Filter.allOf("tags", List.of("red", "hot")))).containsExactly("t1");
      assertThat(ids(Filter.anyOf("tags", List.of("red", "hot"))))
          .containsExactlyInAnyOrder("t1", "t2");
      assertThat(ids(new Filter("tags", null, Operator.NONE_OF, List.of("hot"))))
          .containsExactlyInAnyOrder("t2", "t3");
      assertThat(ids(Filter.equal("model", "gpt-4o"))).containsExactly("t1");
      assertThat(ids(Filter.equal("type", "GENERATION"))).containsExactly("t1");
      assertThat(ids(Filter.anyOf("level", List.of("ERROR")))).containsExactly("t2");
      assertThat(ids(new Filter("name", null, Operator.STARTS_WITH, "search")))
          .containsExactlyInAnyOrder("t2", "t3");
      assertThat(ids(new Filter("name", null, Operator.ENDS_WITH, "more"))).containsExactly("t3");
      assertThat(ids(new Filter("name", null, Operator.DOES_NOT_CONTAIN, "search")))
          .containsExactly("t1");
      assertThat(ids(new Filter("userId", null, Operator.IS_NULL, ""))).containsExactly("t3");
      assertThat(ids(new Filter("userId", null, Operator.NONE_OF, List.of("u1"))))
          .containsExactlyInAnyOrder("t2", "t3");
      assertThat(ids(new Filter("latency", null, Operator.GREATER, 1.5))).containsExactly("t1");
      assertThat(ids(new Filter("totalCost", null, Operator.LESS_OR_EQUAL, 0.5)))
          .containsExactly("t1");
      assertThat(
              store.countTraces(
                  TraceQuery.of(PROJECT).filters(List.of(Filter.equal("name", "search")))))
          .isEqualTo(1);
    }

    @Test
    void hostileValues_arePlainText() {
      String hostile = "'; DROP TABLE trace; -- % _ \" \u0000 ☃";
      write(span(hostile, hostile).name(hostile).user(hostile).tags(hostile).root());

      assertThat(ids(Filter.equal("name", hostile), Filter.allOf("tags", List.of(hostile))))
          .containsExactly(hostile);
      assertThat(ids(TraceQuery.of(PROJECT).search("DROP table"))).containsExactly(hostile);
      assertThat(ids(TraceQuery.of(PROJECT).search("%"))).containsExactly(hostile);
      assertThat(ids(TraceQuery.of(PROJECT).search("no such"))).isEmpty();
    }

    @Test
    void search_findsNamesAndContent() {
      write(
          span("t1", "root").name("Weather").content("Is it raining in Paris?", "No").root(),
          span("t1", "child").parent("root").content("x", "{\"answer\":\"PARASOL\"}").child(),
          span("t2", "root").user("Marie").root());

      assertThat(ids(TraceQuery.of(PROJECT).search("paris"))).containsExactly("t1");
      assertThat(ids(TraceQuery.of(PROJECT).search("parasol"))).containsExactly("t1");
      assertThat(ids(TraceQuery.of(PROJECT).search("weath"))).containsExactly("t1");
      assertThat(ids(TraceQuery.of(PROJECT).search("marie"))).containsExactly("t2");
      assertThat(ids(TraceQuery.of(PROJECT).search("t2"))).containsExactly("t2");
    }

    @Test
    void search_wantsEveryWordSomewhereInTheTrace() {
      write(
          span("t1", "a").content("The quick brown fox", null).root(),
          span("t1", "b").parent("a").content("{\"said\":\"jumps\\nover\\u00dfe\"}", null).child(),
          span("t2", "a").content("The lazy dog", null).user("user_7").session("s-9").root());

      assertThat(ids(TraceQuery.of(PROJECT).search("BROWN over\u00dfE "))).containsExactly("t1");
      assertThat(ids(TraceQuery.of(PROJECT).search("fox ju"))).containsExactly("t1");
      assertThat(ids(TraceQuery.of(PROJECT).search("fox dog"))).isEmpty();
      assertThat(ids(TraceQuery.of(PROJECT).search("ju fox"))).isEmpty();
      assertThat(ids(TraceQuery.of(PROJECT).search("user_7"))).containsExactly("t2");
      assertThat(ids(TraceQuery.of(PROJECT).search("the"))).containsExactly("t2", "t1");
      assertThat(store.countTraces(TraceQuery.of(PROJECT).search("the"))).isEqualTo(2);
      assertThat(
              ids(
                  TraceQuery.of(PROJECT)
                      .search("the")
                      .filters(List.of(Filter.equal("sessionId", "s-9")))))
          .containsExactly("t2");
      assertThat(store.facets(TraceQuery.of(PROJECT).search("lazy"), 5).get("userId"))
          .containsExactly(new FacetValue("user_7", 1));
      assertThat(ids(TraceQuery.of("other").search("the"))).isEmpty();
    }

    @Test
    void search_findsObservationIdsAndScriptsWithoutSpaces() {
      write(
          span("t1", "8f3a").content("\u6771\u4eac\u306f\u96e8", "Stra\u00dfe").root(),
          span("t2", "9b4c").content("\u4eac\u90fd", null).root());

      assertThat(ids(TraceQuery.of(PROJECT).search("8f3a"))).containsExactly("t1");
      assertThat(ids(TraceQuery.of(PROJECT).search("\u96e8"))).containsExactly("t1");
      assertThat(ids(TraceQuery.of(PROJECT).search("\u4eac")))
          .containsExactlyInAnyOrder("t1", "t2");
      assertThat(ids(TraceQuery.of(PROJECT).search("STRA\u00dfE"))).containsExactly("t1");
    }

    @Test
    void search_followsChangesAndDeletions() {
      write(span("t1", "a").content("first", null).root());
      assertThat(ids(TraceQuery.of(PROJECT).search("first"))).containsExactly("t1");

      write(span("t1", "a").content("second", "added").root());
      assertThat(ids(TraceQuery.of(PROJECT).search("second added"))).containsExactly("t1");

      store.deleteTraces(PROJECT, List.of("t1")).join();
      write(span("t2", "b").content("third", null).root());
      assertThat(ids(TraceQuery.of(PROJECT).search("second"))).isEmpty();
      assertThat(ids(TraceQuery.of(PROJECT).search("third"))).containsExactly("t2");
    }

    @Test
    void search_frequentAndRareWordsTogether_findTheSame() {
      for (int i = 0; i < 60; i++) {
        MappedSpan[] many = new MappedSpan[100];
        for (int j = 0; j < 100; j++) {
          int number = 100 * i + j;
          many[j] = span("t" + number, "o").content("every item" + number % 7, null).root();
        }
        write(many);
      }

      assertThat(ids(TraceQuery.of(PROJECT).search("every ").page(3, 0))).hasSize(3);
      assertThat(ids(TraceQuery.of(PROJECT).search("every item3 ").page(10_000, 0))).hasSize(857);
      assertThat(store.countTraces(TraceQuery.of(PROJECT).search("every item3 "))).isEqualTo(857);
      assertThat(store.countTraces(TraceQuery.of(PROJECT).search("every ite"))).isEqualTo(6_000);
      assertThat(ids(TraceQuery.of(PROJECT).search("every ite").page(7, 5_998))).hasSize(2);
    }

    @Test
    void facets_countTracesPerValue() {
      write(
          span("t1", "o").name("a").tags("x", "y").root(),
          span("t2", "o").name("a").tags("x").level(Level.ERROR).root(),
          span("t3", "o").name("b").model("m", 1, 1, "0").root());

      Map<String, List<FacetValue>> facets = store.facets(TraceQuery.of(PROJECT), 10);

      assertThat(facets.get("name"))
          .containsExactly(new FacetValue("a", 2), new FacetValue("b", 1));
      assertThat(facets.get("tag")).containsExactly(new FacetValue("x", 2), new FacetValue("y", 1));
      assertThat(facets.get("level"))
          .containsExactly(new FacetValue("DEFAULT", 2), new FacetValue("ERROR", 1));
      assertThat(facets.get("model")).containsExactly(new FacetValue("m", 1));
      assertThat(store.facets(TraceQuery.of(PROJECT), 1).get("tag"))
          .containsExactly(new FacetValue("x", 2));
    }

    @Test
    void delete_removesEverythingOfTheTraceAndNothingElse() {
      write(
          span("t1", "a").tags("x").content("secret", null).root(),
          span("t1", "b").child(),
          span("t2", "a").tags("x").root());

      assertThat(store.deleteTraces(PROJECT, List.of("t1", "unknown")).join()).isEqualTo(1);

      assertThat(trace("t1")).isNull();
      assertThat(store.observation(PROJECT, "t1", "a")).isNull();
      assertThat(ids()).containsExactly("t2");
      assertThat(store.facets(TraceQuery.of(PROJECT), 5).get("tag"))
          .containsExactly(new FacetValue("x", 1));
      assertThat(store.statistics(PROJECT).observations()).isEqualTo(1);
    }

    @Test
    void traceDeletedAndSentAgain_startsAfresh() {
      write(span("t", "a").user("u").content("old", null).root());
      store.deleteTraces(PROJECT, List.of("t")).join();
      write(span("t", "b").content("new", null).root());

      assertThat(trace("t").input()).isEqualTo("new");
      assertThat(trace("t").summary().userId()).isNull();
      assertThat(store.observationIds(PROJECT, List.of("t")).get("t")).containsExactly("b");
    }
  }

  @Nested
  class Sessions {
    private List<String> sessions(Filter... filters) {
      return store.sessions(new SessionQuery(PROJECT, List.of(filters), 10, 0)).stream()
          .map(session -> session.id() + " " + session.environment())
          .toList();
    }

    @Test
    void sessions_groupTraces_newestFirst() {
      write(
          span("t1", "o").session("s1").at(0, 1).environment("old").root(),
          span("t2", "o").session("s2").at(1000, 1001).root(),
          span("t3", "o").session("s1").at(2000, 2001).environment("new").root(),
          span("t4", "o").root());

      List<SessionSummary> sessions = store.sessions(new SessionQuery(PROJECT, List.of(), 10, 0));

      assertThat(sessions)
          .extracting(SessionSummary::id, SessionSummary::createdAt, SessionSummary::environment)
          .containsExactly(
              tuple("s2", START.plusMillis(1000), "default"), tuple("s1", START, "new"));
      assertThat(sessions(Filter.before("timestamp", START.plusMillis(1500))))
          .containsExactly("s2 default", "s1 old");
      assertThat(sessions(Filter.from("timestamp", START.plusMillis(1500))))
          .containsExactly("s1 new");
      assertThat(sessions(Filter.equal("environment", "old"))).containsExactly("s1 old");
      assertThat(store.sessions(new SessionQuery(PROJECT, List.of(), 1, 1)))
          .extracting(SessionSummary::id)
          .containsExactly("s1");
      assertThat(store.countSessions(new SessionQuery(PROJECT, List.of(), 1, 0))).isEqualTo(2);
    }
  }

  @Nested
  class Projects {
    @Test
    void sameIdsInTwoProjects_stayApart() {
      store.write("one", List.of(span("t", "o").name("mine").tags("x").root())).join();
      store.write("two", List.of(span("t", "o").name("yours").root())).join();

      assertThat(store.trace("one", "t").summary().name()).isEqualTo("mine");
      assertThat(store.trace("two", "t").summary().name()).isEqualTo("yours");
      assertThat(store.observation("two", null, "o").observation().name()).isEqualTo("yours");
      assertThat(store.facets(TraceQuery.of("two"), 5).get("tag")).isEmpty();
      assertThat(store.trace("three", "t")).isNull();
      assertThat(store.deleteTraces("three", List.of("t")).join()).isZero();
      assertThat(store.statistics("one").observations()).isEqualTo(1);
    }
  }

  @Nested
  class Concurrency {
    @Test
    void manyWritersOfOneTrace_loseNothing() {
      List<CompletableFuture<Void>> writes =
          IntStream.range(0, 300)
              .mapToObj(
                  i ->
                      CompletableFuture.runAsync(
                          () ->
                              store
                                  .write(
                                      PROJECT,
                                      List.of(
                                          span("t", "o" + i)
                                              .model("m", 1, 1, "0.5")
                                              .tags("tag" + i % 7)
                                              .update()))
                                  .join()))
              .toList();
      CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();

      TraceSummary summary = trace("t").summary();
      assertThat(summary.totals().observations()).isEqualTo(300);
      assertThat(summary.totals().totalCost()).isEqualTo(150.0);
      assertThat(summary.tags()).hasSize(7);
    }

    @Test
    void acknowledgedWrite_isReadAtOnce() {
      for (int i = 0; i < 100; i++) {
        write(span("t" + i, "o").root());
        assertThat(trace("t" + i)).isNotNull();
      }
    }

    @Test
    void subscribers_areToldAfterTheChangeCanBeRead() {
      List<String> told = new CopyOnWriteArrayList<>();
      Runnable cancel =
          store.subscribe(
              change -> {
                if (store.trace(change.project(), change.traceId()) != null) {
                  told.add(change.traceId());
                }
              });
      write(span("t1", "o").root(), span("t2", "o").root());
      write(span("t1", "p").child());
      // The listener runs after the acknowledgement; the next write waits for it.
      write(span("t3", "o").root());
      cancel.run();
      write(span("t4", "o").root());
      write(span("t5", "o").root());

      assertThat(told).startsWith("t1", "t2", "t1").doesNotContain("t4", "t5");
    }
  }

  @Nested
  class UpdatesOfTraces {
    @Test
    void writeTraces_ofUnknownTrace_makesItAppear() {
      store.writeTraces(PROJECT, List.of(named("t", "first", START))).join();

      assertThat(trace("t").summary().name()).isEqualTo("first");
      assertThat(trace("t").summary().totals().observations()).isZero();
    }

    @Test
    void writeTraces_mergesInTheOrderOfTimestamps() {
      write(span("t", "o").root());
      store
          .writeTraces(
              PROJECT,
              List.of(named("t", "late", START.plusSeconds(2)), named("t", "early", START)))
          .join();

      assertThat(trace("t").summary().name()).isEqualTo("late");
      assertThat(trace("t").summary().totals().observations()).isOne();
    }

    private TraceUpdate named(String id, String name, Instant timestamp) {
      return new TraceUpdate(
          TraceUpdate.Kind.ROOT,
          id,
          timestamp,
          "default",
          name,
          null,
          null,
          null,
          null,
          null,
          List.of(),
          null,
          null,
          "{}");
    }
  }

  @Nested
  class Scores {
    private Score score(String id, String traceId, double value) {
      return new Score(
          id,
          new Score.Subject(traceId, "o", null, null),
          "quality",
          Score.DataType.NUMERIC,
          value,
          null,
          Score.Source.API,
          "author",
          "comment",
          "{\"by\":\"me\"}",
          "config",
          "queue",
          "prod",
          START.plusMillis((long) value));
    }

    private List<String> scoreIds(Filter... filters) {
      return store.scores(ScoreQuery.of(PROJECT).filters(List.of(filters))).stream()
          .map(found -> found.score().id())
          .toList();
    }

    @Test
    void score_withEveryField_readsBackEqual_beforeAndAfterItsTrace() {
      Score score = score("s", "t", 1);
      store.writeScores(PROJECT, List.of(score)).join();
      assertThat(store.score(PROJECT, "s").score()).isEqualTo(score);
      assertThat(store.score(PROJECT, "s").trace()).isNull();

      write(span("t", "o").user("u").session("c").tags("red").root());

      assertThat(store.score(PROJECT, "s").trace())
          .isEqualTo(new StoredScore.OfTrace("u", "c", "default", List.of("red")));
      assertThat(store.score("other", "s")).isNull();
    }

    @Test
    void score_again_isMergedAndStaysWhereItWas() {
      store.writeScores(PROJECT, List.of(score("s", "t", 1))).join();
      store
          .writeScores(
              PROJECT,
              List.of(
                  new Score(
                      "s",
                      new Score.Subject("elsewhere", null, null, null),
                      "quality",
                      Score.DataType.CATEGORICAL,
                      0.0,
                      "good",
                      Score.Source.API,
                      null,
                      null,
                      "{\"more\":1}",
                      null,
                      null,
                      "dev",
                      START.plusSeconds(9))))
          .join();

      Score merged = store.score(PROJECT, "s").score();
      assertThat(merged.subject()).isEqualTo(new Score.Subject("t", "o", null, null));
      assertThat(merged.stringValue()).isEqualTo("good");
      assertThat(merged.comment()).isEqualTo("comment");
      assertThat(merged.metadata()).isEqualTo("{\"by\":\"me\",\"more\":1}");
      assertThat(merged.environment()).isEqualTo("prod");
      assertThat(merged.timestamp()).isEqualTo(START.plusMillis(1));
      assertThat(store.countScores(ScoreQuery.of(PROJECT))).isOne();
    }

    @Test
    void scores_arePagedAndFilteredNewestFirst() {
      write(span("t1", "o").tags("red").user("u").root());
      store
          .writeScores(
              PROJECT, List.of(score("a", "t1", 1), score("b", "t1", 2), score("c", "t2", 3)))
          .join();

      assertThat(scoreIds()).containsExactly("c", "b", "a");
      assertThat(scoreIds(Filter.equal("traceId", "t1"))).containsExactly("b", "a");
      assertThat(scoreIds(new Filter("value", null, Operator.GREATER, 1.5)))
          .containsExactly("c", "b");
      assertThat(scoreIds(Filter.equal("userId", "u"))).containsExactly("b", "a");
      assertThat(scoreIds(Filter.allOf("traceTags", List.of("red")))).containsExactly("b", "a");
      assertThat(scoreIds(new Filter("metadata", "by", Operator.EQUAL, "me"))).hasSize(3);
      assertThat(store.scores(ScoreQuery.of(PROJECT).page(1, 1)).get(0).score().id())
          .isEqualTo("b");
      assertThat(
              store.scores(
                  ScoreQuery.of(PROJECT).after(new ScoreQuery.Position(START.plusMillis(2), "b"))))
          .extracting(found -> found.score().id())
          .containsExactly("a");
      assertThat(store.scoreIds(PROJECT, List.of("t1", "t3")))
          .isEqualTo(Map.of("t1", List.of("a", "b"), "t3", List.of()));
      assertThatThrownBy(() -> scoreIds(Filter.equal("nonsense", "x")))
          .isInstanceOf(UnsupportedColumnException.class);
    }

    @Test
    void traces_areFilteredByTheirScores_andToldAsAFacet() {
      write(span("t1", "o").root(), span("t2", "o").root());
      store
          .writeScores(
              PROJECT, List.of(score("a", "t1", 1), score("b", "t1", 4), score("c", "t2", 3)))
          .join();

      assertThat(ids(new Filter("scores_any", "quality", Operator.GREATER, 0.0))).hasSize(2);
      assertThat(ids(new Filter("scores_any", "other", Operator.GREATER, 0.0))).isEmpty();
      assertThat(ids(new Filter("scores_avg", "quality", Operator.LESS, 3.0)))
          .containsExactly("t1");
      assertThat(ids(new Filter("scores_avg", "quality", Operator.EQUAL, 3.0)))
          .containsExactly("t2");
      assertThat(ids(new Filter("score_categories", "quality", Operator.EQUAL, "good"))).isEmpty();
      assertThat(store.facets(TraceQuery.of(PROJECT), 5).get("score"))
          .containsExactly(new FacetValue("quality", 2));
    }

    @Test
    void deleted_scoresAreGone_andTracesTakeTheirsWithThem() {
      write(span("t1", "o").root());
      store
          .writeScores(
              PROJECT, List.of(score("a", "t1", 1), score("b", "t1", 2), score("c", "t2", 3)))
          .join();

      assertThat(store.deleteScores(PROJECT, List.of("a", "none")).join()).isOne();
      store.deleteTraces(PROJECT, List.of("t1")).join();

      assertThat(scoreIds()).containsExactly("c");
    }

    @Test
    void score_tellsSubscribersOfItsTrace() {
      write(span("t1", "o").root());
      List<String> told = new CopyOnWriteArrayList<>();
      Runnable cancel = store.subscribe(change -> told.add(change.traceId()));
      store.writeScores(PROJECT, List.of(score("a", "t1", 1), score("b", "unknown", 2))).join();
      // The listener runs after the acknowledgement; the next write waits for it.
      write(span("t2", "o").root());
      cancel.run();

      assertThat(told).startsWith("t1").doesNotContain("unknown");
    }
  }

  @Nested
  class Prices {
    private Model model(String id, String name, String inputPrice) {
      return new Model(
          id,
          START,
          name,
          "^" + name + "$",
          null,
          "TOKENS",
          null,
          null,
          false,
          List.of(
              new Tier(
                  id + "-t",
                  "Standard",
                  true,
                  0,
                  List.of(),
                  Map.of("input", new BigDecimal(inputPrice)))));
    }

    private StoredObservation stored(String id) {
      return store.observation(PROJECT, "t", id);
    }

    @Test
    void write_knownModelWithoutCost_isPricedAndSummed() {
      write(
          span("t", "a").calls("gpt-4o", 1000, 0).root(),
          span("t", "b").calls("gpt-4o", 1, 1).child());

      assertThat(stored("a").observation().modelCall().cost())
          .containsEntry("input", new BigDecimal("0.0025"))
          .containsEntry("total", new BigDecimal("0.0025"));
      assertThat(stored("a").pricedBy())
          .isEqualTo(new PricedBy("gpt-4o", "gpt-4o_standard", "Standard"));
      assertThat(trace("t").summary().totals().totalCost()).isCloseTo(0.0025125, offset(1e-12));
      assertThat(store.model(PROJECT, "gpt-4o").price("input")).isEqualByComparingTo("0.0000025");
    }

    @Test
    void write_givenCost_isKept() {
      write(span("t", "a").model("gpt-4o", 1000, 0, "7").root());

      assertThat(stored("a").observation().modelCall().cost())
          .isEqualTo(Map.of("total", new BigDecimal("7")));
    }

    @Test
    void write_withoutUsage_tokensAreCounted() {
      write(span("t", "a").calls("gpt-4").content("hello world", "hi").root());

      assertThat(stored("a").observation().modelCall().usage()).containsEntry("total", 3L);
    }

    @Test
    void write_usageArrivesLater_replacesWhatWasCounted() {
      write(span("t", "a").calls("gpt-4").content("hello world", "hi").root());
      write(span("t", "a").calls("gpt-4", 100, 0).root());

      assertThat(stored("a").observation().modelCall().usage()).containsEntry("total", 100L);
      assertThat(stored("a").observation().modelCall().cost())
          .containsEntry("total", new BigDecimal("0.003"));
      assertThat(trace("t").summary().totals().totalCost()).isEqualTo(0.003);
    }

    @Test
    void write_givenCostArrivesLater_replacesTheComputedOne() {
      write(span("t", "a").calls("gpt-4", 100, 0).root());
      write(span("t", "a").model("gpt-4", 100, 0, "7").root());

      assertThat(stored("a").observation().modelCall().cost())
          .isEqualTo(Map.of("total", new BigDecimal("7")));
    }

    @Test
    void addModel_comesFirst_inItsProjectOnly_untilDeleted() {
      assertThat(store.addModel(PROJECT, model("m", "gpt-4o", "1")).join()).isTrue();
      write(span("t", "a").calls("gpt-4o", 2, 0).root());
      store.write("other", List.of(span("t", "a").calls("gpt-4o", 2, 0).root())).join();

      assertThat(stored("a").pricedBy().modelId()).isEqualTo("m");
      assertThat(stored("a").observation().modelCall().cost())
          .containsEntry("total", new BigDecimal("2"));
      assertThat(store.observation("other", "t", "a").pricedBy().modelId()).isEqualTo("gpt-4o");
      assertThat(store.model("other", "m")).isNull();
      assertThat(store.models(PROJECT).get(0)).isEqualTo(model("m", "gpt-4o", "1"));

      assertThat(store.deleteModel("other", "m").join()).isFalse();
      assertThat(store.deleteModel(PROJECT, "m").join()).isTrue();
      write(span("t", "b").calls("gpt-4o", 2, 0).child());
      assertThat(stored("b").pricedBy().modelId()).isEqualTo("gpt-4o");
      assertThat(stored("a").pricedBy().modelId()).isEqualTo("m");
    }
  }

  @Nested
  class Insights {
    private final TraceQuery all = TraceQuery.of(PROJECT);

    @BeforeEach
    void write() {
      TraceStoreContract.this.write(
          span("a", "a1").at(0, 10).user("ada").session("s1").model("m", 1, 2, "0.5").root(),
          span("b", "b1").at(500, 600).user("ada").session("s2").level(Level.ERROR).root(),
          span("c", "c1").at(5_000, 5_100).user("bob").content("hello", "bye").root(),
          span("d", "d1").at(9_000, 9_100).root());
      store.write("other", List.of(span("a", "a1").user("eve").root())).join();
    }

    @Test
    void volume_countsTracesPerStep_withoutTheEmptyOnes() {
      assertThat(store.volume(all, Duration.ofSeconds(1)))
          .extracting(bucket -> bucket.start().toEpochMilli() - START.toEpochMilli())
          .containsExactly(0L, 5_000L, 9_000L);
      assertThat(store.volume(all, Duration.ofSeconds(1)).get(0))
          .isEqualTo(new TraceVolume(START, 2, 1));
      assertThat(
              store.volume(
                  all.filters(List.of(Filter.equal("userId", "bob"))), Duration.ofDays(3650)))
          .extracting(TraceVolume::traces, TraceVolume::errors)
          .containsExactly(tuple(1L, 0L));
    }

    @Test
    void performance_tellsPercentilesAndSums() {
      for (int i = 1; i <= 20; i++) {
        String id = "p" + i;
        TraceStoreContract.this.write(
            span(id, id)
                .traceName("many")
                .at(20_000, 20_000 + i * 10)
                .model("n", 1, 1, "1")
                .root());
      }
      TraceStoreContract.this.write(
          span("open", "open").traceName("many").at(20_000, 20_001).running().root());
      Duration second = Duration.ofSeconds(1);

      PerformanceReport report = store.performance(all, second, 1);
      assertThat(report.total().count()).isEqualTo(25);
      assertThat(report.total().errors()).isEqualTo(1);
      assertThat(report.names())
          .containsExactly(new Performance("many", 21, 0, 20L, 20L, 40L, 20.0, 100.0, 190.0));
      assertThat(store.performance(all, second, 10).models())
          .containsExactly(
              new Performance("n", 20, 0, 20L, 20L, 40L, 20.0, 100.0, 190.0),
              new Performance("m", 1, 0, 1L, 2L, 3L, 0.5, 10.0, 10.0));
      assertThat(report.along())
          .extracting(Performance::group, Performance::count, Performance::errors)
          .containsExactly(
              tuple(millis(0), 2L, 1L),
              tuple(millis(5_000), 1L, 0L),
              tuple(millis(9_000), 1L, 0L),
              tuple(millis(20_000), 21L, 0L));
      assertThat(store.performance(TraceQuery.of("empty"), second, 10))
          .isEqualTo(
              new PerformanceReport(
                  new Performance("", 0, 0, null, null, null, null, null, null),
                  List.of(),
                  List.of(),
                  List.of()));
    }

    private String millis(long afterStart) {
      return Long.toString(START.plusMillis(afterStart).toEpochMilli());
    }

    @Test
    void groups_sumUp_mostRecentFirst() {
      List<TraceGroup> users = store.groups(all, InsightStore.Grouping.USER);

      assertThat(users)
          .containsExactly(
              new TraceGroup(
                  "bob",
                  1,
                  0,
                  START.plusMillis(5_000),
                  START.plusMillis(5_000),
                  null,
                  null,
                  new TraceGroup.Latest("work", "bob", "hello", "bye")),
              new TraceGroup(
                  "ada",
                  2,
                  1,
                  START,
                  START.plusMillis(500),
                  3L,
                  0.5,
                  new TraceGroup.Latest("work", "ada", null, null)));
      assertThat(store.groups(all.page(1, 1), InsightStore.Grouping.SESSION))
          .extracting(TraceGroup::id)
          .containsExactly("s1");
      assertThat(store.countGroups(all.page(1, 1), InsightStore.Grouping.SESSION)).isEqualTo(2);
    }
  }
}
