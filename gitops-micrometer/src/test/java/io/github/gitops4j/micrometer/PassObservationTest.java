package io.github.gitops4j.micrometer;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.InMemorySystem;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a trace of a pass looks like. */
class PassObservationTest {
  private final Shop shop = new Shop();
  private final TestObservationRegistry registry = TestObservationRegistry.create();
  private final List<String> ended = new ArrayList<>();
  private final List<Observation.Context> contexts = new ArrayList<>();

  PassObservationTest() {
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler<Observation.Context>() {
              @Override
              public void onStop(Observation.Context context) {
                var parent = context.getParentObservation();
                String above =
                    parent == null ? "" : " in " + parent.getContextView().getContextualName();
                ended.add(context.getContextualName() + above);
                contexts.add(context);
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }
            });
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private void put() {
    shop.controller.put(
        shop.application("shop")
            .reconciler(builder -> builder.listener(PassObservation.of(registry, "shop")))
            .build());
  }

  @Test
  void aPassHasAChildForEachStage() {
    put();

    assertThat(ended)
        .containsExactly(
            "resolve in reconcile shop",
            "plan in reconcile shop",
            "decide in reconcile shop",
            "apply in reconcile shop",
            "reconcile shop");
    assertThat(registry)
        .hasObservationWithNameEqualTo(PassObservation.PASS)
        .that()
        .hasLowCardinalityKeyValue("result", "done")
        .hasHighCardinalityKeyValue("gitops.application", "shop")
        .hasHighCardinalityKeyValueWithKey("gitops.revision")
        .hasHighCardinalityKeyValueWithKey("gitops.operation")
        .hasHighCardinalityKeyValueWithKey("gitops.target")
        .hasBeenStopped();
    assertThat(registry).doesNotHaveAnyRemainingCurrentObservation();
  }

  @Test
  void labelsOfMetricsAreFewAndBounded() {
    put();
    shop.target("shop").system().reachable(InMemorySystem.Reachability.DOWN);
    shop.intervalPasses();

    assertThat(
            contexts.stream()
                .flatMap(context -> context.getLowCardinalityKeyValues().stream())
                .map(KeyValue::getKey))
        .containsOnly("result", "stage");
  }

  @Test
  void aPassThatFailsIsAnErrorThatTellsNoSecret() {
    shop.target("shop").system().reachable(InMemorySystem.Reachability.DOWN);
    put();

    Observation.Context pass = contexts.get(contexts.size() - 1);
    assertThat(pass.getError()).isInstanceOf(PassFailedException.class).hasNoCause();
    assertThat(ended).last().isEqualTo("reconcile shop");
    assertThat(registry).doesNotHaveAnyRemainingCurrentObservation();
  }

  @Test
  void whatAPassAsksOfOthersIsAChildOfItsStage() {
    List<String> parents = new ArrayList<>();
    shop.controller.put(
        shop.application("shop")
            .reconciler(
                builder ->
                    builder
                        .listener(PassObservation.of(registry, "shop"))
                        .listener(
                            event -> {
                              Observation current = registry.getCurrentObservation();
                              parents.add(
                                  current == null
                                      ? "none"
                                      : String.valueOf(current.getContext().getContextualName()));
                            }))
            .build());

    assertThat(parents).startsWith("resolve", "plan", "decide").contains("apply").endsWith("none");
  }
}
