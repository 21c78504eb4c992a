package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.PlanException;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is handed in answers with nothing, or with what nobody asked for. */
@SuppressWarnings("NullAway")
class WrongAnswersTest {
  private final Scene scene = new Scene();

  @BeforeEach
  void declare() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
  }

  private ReconcileReport pass(Target target) {
    return scene.reconciler(target).build().reconcile(CALL);
  }

  private void isBlamed(ComposedTarget.Builder target, String message) {
    ReconcileReport report = pass(target.build());
    assertThat(report.result())
        .isInstanceOfSatisfying(
            PassResult.Failed.class,
            failed -> {
              assertThat(failed.failure().category()).isEqualTo(FailureCategory.INTERNAL);
              assertThat(failed.failure().message()).isEqualTo(message);
            });
    assertThat(pass(scene.target).converged()).isTrue();
  }

  private ComposedTarget.Builder target() {
    return ComposedTarget.from(scene.target);
  }

  @Test
  void aProviderThatGivesNullIsNamed() {
    isBlamed(
        target().live((scope, call) -> null),
        "the live state provider gave null, which is a defect of it");
  }

  @Test
  void anApplierThatGivesNullIsNamed() {
    isBlamed(
        target().applier((request, call) -> null),
        "the applier gave null, which is a defect of it");
  }

  @Test
  void anInventoryThatGivesNullIsNamed() {
    String message = "the inventory store gave null, which is a defect of it";
    isBlamed(target().inventory(inventory(null)), message);
    scene.commit("a", thing("a", 2));
    isBlamed(target().inventory(inventory(scene.target.inventory().read(CALL))), message);
  }

  private static InventoryStore inventory(Inventory read) {
    return new InventoryStore() {
      @Override
      public Inventory read(CallContext call) {
        return read;
      }

      @Override
      public Inventory commit(
          long expectedSequence, List<InventoryChange> changes, CallContext call) {
        return null;
      }
    };
  }

  @Test
  void anInventoryThatDropsWhatIsCommittedIsNamed() {
    isBlamed(
        target().inventory(committing(before -> before)),
        "the inventory store gave the inventory of before the commit, which is a defect of it");
    scene.commit("a", thing("a", 2));
    isBlamed(
        target().inventory(committing(before -> before.with(List.of()))),
        "the inventory store gave an inventory without what was committed, "
            + "which is a defect of it");
  }

  @Test
  void aLedgerThatDropsWhatIsCommittedIsNamedBeforeAnythingIsWritten() {
    ReconcileReport report =
        pass(
            target()
                .ledger((expected, entry, call) -> scene.target.inventory().read(call))
                .build());
    assertThat(report.result())
        .isInstanceOfSatisfying(
            PassResult.Failed.class,
            failed ->
                assertThat(failed.failure().message())
                    .isEqualTo(
                        "the ledger gave the inventory of before the commit, "
                            + "which is a defect of it"));
    assertThat(scene.live()).isEmpty();
  }

  /** A store whose commits change nothing but what they return. */
  private InventoryStore committing(UnaryOperator<Inventory> after) {
    return new InventoryStore() {
      @Override
      public Inventory read(CallContext call) {
        return scene.target.inventory().read(call);
      }

      @Override
      public Inventory commit(
          long expectedSequence, List<InventoryChange> changes, CallContext call) {
        return after.apply(read(call));
      }
    };
  }

  @Test
  void aDifferThatGivesNullIsNamed() {
    assertThat(pass(scene.target).converged()).isTrue();
    scene.commit("a", thing("a", 2));
    String message = "the differ gave null, which is a defect of it";
    isBlamed(target().differ((batch, call) -> null), message);
    scene.commit("a", thing("a", 3));
    isBlamed(target().differ((batch, call) -> Collections.singletonList(null)), message);
  }

  @Test
  void aLiveStateThatGivesNullIsNamed() {
    String message = "the live state provider gave null, which is a defect of it";
    isBlamed(target().live((scope, call) -> seeing(null, OptionalLong.empty())), message);
    scene.commit("a", thing("a", 2));
    isBlamed(target().live((scope, call) -> seeing(Observation.Absent.INSTANCE, null)), message);
  }

  private static LiveState seeing(Observation all, OptionalLong generation) {
    return new LiveState() {
      @Override
      public Observation observation(ResourceKey key) {
        return all;
      }

      @Override
      public void forEachPresent(Consumer<LiveResource> visitor) {}

      @Override
      public OptionalLong generation() {
        return generation;
      }
    };
  }

  @Test
  void aProviderThatGivesNullAsFeedIsNamed() {
    isBlamed(
        target().live(feeding(() -> null)),
        "the live state provider gave null, which is a defect of it");
  }

  @Test
  void aFeedThatGivesNullAsRegistrationIsNamed() {
    ChangeFeed none =
        new ChangeFeed() {
          @Override
          public Batch drain() {
            return null;
          }

          @Override
          public Optional<Listening> listen(Listener listener) {
            return null;
          }
        };
    Target wrong = target().live(feeding(() -> Optional.of(none))).build();
    Reconciler reconciler = scene.reconciler(wrong).build();
    assertThatThrownBy(() -> reconciler.reconcileAndWait(CALL))
        .isInstanceOf(PlanException.class)
        .hasMessage("the change feed gave null, which is a defect of it");
  }

  private LiveStateProvider feeding(Supplier<Optional<ChangeFeed>> feed) {
    return new LiveStateProvider() {
      @Override
      public LiveState observe(Scope scope, CallContext call) {
        return scene.target.live().observe(scope, call);
      }

      @Override
      public Optional<ChangeFeed> changeFeed() {
        return feed.get();
      }
    };
  }

  @Test
  void anAssessorThatGivesNullIsNamed() {
    Target wrong = target().health(input -> null).build();
    assertThat(scene.reconciler(wrong).build().reconcile(CALL).converged()).isFalse();
    assertThat(scene.reconciler(wrong).build().status(CALL).unhealthy().values())
        .extracting(HealthReport::reason)
        .containsOnly("the health assessor gave null, which is a defect of it");
  }

  @Test
  void anOrderThatIsNullIsNamed() {
    assertThat(pass(scene.target).converged()).isTrue();
    scene.commit("a", thing("a", 2));
    for (RevisionOrder order : new RevisionOrder[] {null, (candidate, base, call) -> null}) {
      TreeSource source =
          new TreeSource() {
            @Override
            public String id() {
              return scene.source.id();
            }

            @Override
            public Revision latest(CallContext call) {
              return scene.source.latest(call);
            }

            @Override
            public FetchedTree fetch(Revision revision, CallContext call) {
              return scene.source.fetch(revision, call);
            }

            @Override
            public RevisionOrder order() {
              return order;
            }
          };
      ReconcileReport report = scene.reconciler(source, scene.target).build().reconcile(CALL);
      assertThat(report.result())
          .isInstanceOfSatisfying(
              PassResult.Failed.class,
              failed ->
                  assertThat(failed.failure().message())
                      .isEqualTo("the source gave null, which is a defect of it"));
    }
  }

  @Test
  void aSecondOutcomeThatIsAnotherOneIsAFailureAndTheResourceStaysOurs() {
    Target wrong =
        target()
            .applier(
                telling(
                    (did, outcomes) -> {
                      outcomes.accept(did);
                      outcomes.accept(
                          new ApplyOutcome.Failed(
                              did.key(), Failure.of(FailureCategory.FORBIDDEN, "no")));
                    }))
            .build();
    ReconcileReport report = pass(wrong);
    assertThat(messages(report))
        .containsExactly(
            "Thing/a: the applier gave both CREATED and FAILED, which is a defect of it",
            "Thing/b: the applier gave both CREATED and FAILED, which is a defect of it");
    scene.remove("a");
    assertThat(pass(scene.target).converged()).isTrue();
    assertThat(scene.live()).containsExactly("b={\"value\":1}");
  }

  @Test
  void anOutcomeTwiceOrOfWhatNobodyAskedForIsNoHarm() {
    ApplyOutcome other =
        new ApplyOutcome.Failed(key("ghost"), Failure.of(FailureCategory.FORBIDDEN, "no"));
    Target wrong =
        target()
            .applier(
                telling(
                    (did, outcomes) -> {
                      outcomes.accept(did);
                      outcomes.accept(did);
                      outcomes.accept(other);
                    }))
            .build();
    ReconcileReport report = pass(wrong);
    assertThat(report.converged()).isTrue();
    assertThat(report.outcomes()).extracting(ApplyOutcome::key).containsExactly(key("a"), key("b"));
  }

  @Test
  void anOutcomeThatIsNullIsNamed() {
    ReconcileReport report =
        pass(target().applier(telling((did, outcomes) -> outcomes.accept(null))).build());
    assertThat(messages(report)).containsOnly("the applier gave null, which is a defect of it");
    assertThat(pass(scene.target).converged()).isTrue();
  }

  private static List<String> messages(ReconcileReport report) {
    return report.failures().stream().map(failed -> failed.failure().message()).toList();
  }

  /** An applier that does what it is asked to and says something else. */
  private Applier saying(UnaryOperator<ApplyOutcome> other) {
    return telling((did, outcomes) -> outcomes.accept(other.apply(did)));
  }

  private Applier telling(BiConsumer<ApplyOutcome, Consumer<ApplyOutcome>> told) {
    return (request, call) -> {
      ApplySession session = scene.target.applier().open(request, call);
      return new ApplySession() {
        @Override
        public void apply(
            List<PlannedAction> batch, Consumer<ApplyOutcome> outcomes, CallContext within) {
          session.apply(batch, outcome -> told.accept(outcome, outcomes), within);
        }

        @Override
        public void close() {
          session.close();
        }
      };
    };
  }

  @Test
  void whatIsSaidToBeRemovedAndWasToBeWrittenIsAFailureAndStaysOurs() {
    Target wrong =
        target()
            .applier(saying(did -> new ApplyOutcome.Removed(did.key(), Effect.PRUNED, "")))
            .build();
    ReconcileReport report = pass(wrong);
    assertThat(report.failures())
        .extracting(ApplyOutcome.Failed::failure)
        .extracting(Failure::message)
        .containsExactly(
            "Thing/a: the applier says that it was removed, which was not asked",
            "Thing/b: the applier says that it was removed, which was not asked");
    assertThat(scene.target.inventory().read(CALL).get(key("a"))).isPresent();

    scene.remove("a");
    assertThat(pass(scene.target).converged()).isTrue();
    assertThat(scene.live()).containsExactly("b={\"value\":1}");
  }

  @Test
  void whatIsSaidToBeWrittenAndWasToBeRemovedIsAFailure() {
    assertThat(pass(scene.target).converged()).isTrue();
    ApplyOutcome.Written written =
        new ApplyOutcome.Written(
            key("a"),
            Effect.UPDATED,
            scene.target.inventory().read(CALL).get(key("a")).orElseThrow().applied().orElseThrow(),
            "");
    scene.remove("a");
    ReconcileReport report = pass(target().applier(saying(did -> written)).build());
    assertThat(report.failures())
        .extracting(ApplyOutcome.Failed::failure)
        .extracting(Failure::message)
        .containsExactly("Thing/a: the applier says that it was written, which was not asked");
  }
}
