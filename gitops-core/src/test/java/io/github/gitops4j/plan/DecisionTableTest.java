package io.github.gitops4j.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.inventory.OwnershipPolicy;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.ApplyPolicy;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.PrunePolicy;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceSelector;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.source.DesiredEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row: contents are letters, {@code -} is nothing there, {@code ?} is unreadable. */
class DecisionTableTest {
  private static final ResourceKey KEY = ResourceKey.of("", "Thing", "", "a");
  private static final String US = "us";

  private PlanPolicy policy = PlanPolicy.defaults();
  private ResourceTraits traits = ResourceTraits.DEFAULT;
  private String mark = "";

  private String decide(String declared, String live, String base) {
    Optional<DesiredEntry> desired =
        declared.equals("-")
            ? Optional.empty()
            : Optional.of(DesiredEntry.of(KEY, digest(declared), traits, Origin.file("f")));
    Comparison sides = new Comparison(KEY, desired, observation(live), record(base));
    return new DecisionTable(policy, US)
        .decide(new Compared(sides, drift(sides, declared, live)))
        .map(DecisionTableTest::word)
        .orElse("nothing");
  }

  private static ContentDigest digest(String content) {
    return ContentDigest.of(content);
  }

  private Observation observation(String live) {
    if (live.equals("?")) {
      return new Observation.Unreadable(Failure.of(FailureCategory.FORBIDDEN, "no"));
    }
    return live.equals("-")
        ? Observation.Absent.INSTANCE
        : new Observation.Present(
            new LiveResource(KEY, "token", digest(live), "uid", mark, Optional.empty()));
  }

  /** Reads {@code A} as applied, {@code >A} as pending, {@code B>A} as applied with an intent. */
  private Optional<InventoryRecord> record(String base) {
    if (base.equals("-")) {
      return Optional.empty();
    }
    int intent = base.indexOf('>');
    if (intent == 0) {
      return Optional.of(InventoryRecord.pending(KEY, digest(base.substring(1)), traits));
    }
    ContentDigest applied = digest(base.substring(0, 1));
    InventoryRecord record =
        InventoryRecord.applied(KEY, new Applied(applied, applied, "uid"), traits);
    return Optional.of(
        intent < 0 ? record : record.intending(digest(base.substring(intent + 1)), traits));
  }

  private static Drift drift(Comparison sides, String declared, String live) {
    if (sides.live() instanceof Observation.Unreadable unreadable) {
      return new Drift.Undecided(unreadable.failure());
    } else if (live.equals("-")) {
      return Drift.Missing.INSTANCE;
    } else if (declared.equals("-")) {
      return Drift.Extra.INSTANCE;
    }
    return declared.equals(live)
        ? Drift.InSync.INSTANCE
        : new Drift.Changed(
            List.of(
                new FieldChange(
                    FieldPath.root(), FieldValue.Absent.INSTANCE, FieldValue.Absent.INSTANCE)));
  }

  private static String word(PlannedAction action) {
    if (action instanceof PlannedAction.Hold hold) {
      return "HOLD " + hold.withheld() + " " + hold.reason();
    }
    return action instanceof PlannedAction.Update update
        ? "UPDATE " + update.overwritten()
        : action.kind().name();
  }

  @ParameterizedTest(name = "declared {0}, live {1}, base {2}: {3}")
  @CsvSource({
    // Declared and not ours yet.
    "A, -, -, CREATE",
    "A, A, -, ADOPT",
    "A, B, -, HOLD UPDATE UNMANAGED_IN_THE_WAY",
    "A, ?, -, HOLD UPDATE UNDECIDED",
    // Declared and ours.
    "A, A, A, nothing",
    "A, -, A, CREATE",
    "B, A, A, UPDATE EXPENDABLE",
    "A, B, A, UPDATE KEEP_ASIDE",
    "B, C, A, HOLD UPDATE CONFLICT",
    "B, B, A, ADOPT",
    "A, ?, A, HOLD UPDATE UNDECIDED",
    // Declared, and a write was begun of which nobody knows the end.
    "A, -, >A, CREATE",
    "A, A, >A, ADOPT",
    "B, A, >A, UPDATE EXPENDABLE",
    "A, C, >A, HOLD UPDATE UNMANAGED_IN_THE_WAY",
    "B, B, A>B, ADOPT",
    "C, B, A>B, UPDATE EXPENDABLE",
    "B, A, A>B, UPDATE EXPENDABLE",
    // No longer declared.
    "-, -, -, nothing",
    "-, B, -, nothing",
    "-, A, A, PRUNE",
    "-, B, A, QUARANTINE",
    "-, -, A, RELEASE",
    "-, ?, A, HOLD PRUNE UNDECIDED",
    "-, A, >A, PRUNE",
    "-, B, >A, RELEASE",
    "-, B, A>B, PRUNE",
  })
  void decidesUnderDefaults(String declared, String live, String base, String expected) {
    assertThat(decide(declared, live, base)).isEqualTo(expected);
  }

  @Test
  void driftIsReportedOnlyWhereThePolicySaysSo() {
    policy = PlanPolicy.builder().drift(DriftPolicy.REPORT).build();
    assertThat(decide("A", "B", "A")).isEqualTo("HOLD UPDATE DRIFT_REPORTED");
    assertThat(decide("A", "-", "A")).isEqualTo("HOLD CREATE DRIFT_REPORTED");
    assertThat(decide("B", "A", "A")).isEqualTo("UPDATE EXPENDABLE");
    assertThat(decide("B", "-", "A")).isEqualTo("CREATE");
    assertThat(decide("A", "-", "-")).isEqualTo("CREATE");
    assertThat(decide("A", "-", ">A")).isEqualTo("CREATE");
  }

  @Test
  void driftIsLeftWhereThePolicySaysSoUntilSomethingElseIsDeclared() {
    policy = PlanPolicy.builder().drift(DriftPolicy.LEAVE).build();
    assertThat(decide("A", "B", "A")).isEqualTo("nothing");
    assertThat(decide("A", "-", "A")).isEqualTo("nothing");
    assertThat(decide("B", "A", "A")).isEqualTo("UPDATE EXPENDABLE");
    assertThat(decide("B", "-", "A")).isEqualTo("CREATE");
    assertThat(decide("B", "C", "A")).isEqualTo("HOLD UPDATE CONFLICT");
    assertThat(decide("-", "A", "A")).isEqualTo("PRUNE");
  }

  @Test
  void theFirstRuleThatTakesADriftDecidesAboutIt() {
    ResourceSelector all = ResourceSelector.all();
    ResourceSelector others = ResourceSelector.builder().name("b").build();
    FieldPath elsewhere = FieldPath.parse("/spec");
    policy =
        PlanPolicy.builder()
            .driftRules(
                List.of(
                    new DriftRule(others, List.of(), DriftPolicy.LEAVE),
                    new DriftRule(all, List.of(elsewhere), DriftPolicy.LEAVE),
                    new DriftRule(all, List.of(FieldPath.root()), DriftPolicy.REPORT),
                    new DriftRule(all, List.of(), DriftPolicy.LEAVE)))
            .build();
    assertThat(decide("A", "B", "A")).isEqualTo("HOLD UPDATE DRIFT_REPORTED");
    assertThat(decide("A", "-", "A")).isEqualTo("nothing");
  }

  @Test
  void aConflictIsOverwrittenWhereThePolicySaysSoAndNothingIsLost() {
    policy = PlanPolicy.builder().conflict(ConflictPolicy.PREFER_DESIRED).build();
    assertThat(decide("B", "C", "A")).isEqualTo("UPDATE KEEP_ASIDE");
  }

  @Test
  void whatNobodyOwnsIsTakenOverWhereThePolicySaysSoAndNothingIsLost() {
    policy = PlanPolicy.builder().ownership(OwnershipPolicy.ADOPT_UNOWNED).build();
    assertThat(decide("A", "B", "-")).isEqualTo("UPDATE KEEP_ASIDE");
    mark = "them";
    assertThat(decide("A", "B", "-")).isEqualTo("HOLD UPDATE OWNED_BY_ANOTHER");
    assertThat(decide("A", "A", "-")).isEqualTo("HOLD ADOPT OWNED_BY_ANOTHER");
    policy = PlanPolicy.builder().ownership(OwnershipPolicy.ADOPT_ALL).build();
    assertThat(decide("A", "B", "-")).isEqualTo("UPDATE KEEP_ASIDE");
    assertThat(decide("A", "A", "-")).isEqualTo("ADOPT");
  }

  @Test
  void whatBearsAnotherMarkIsNeverRemoved() {
    mark = "them";
    assertThat(decide("-", "A", "A")).isEqualTo("RELEASE");
    assertThat(decide("A", "B", "A")).isEqualTo("HOLD UPDATE OWNED_BY_ANOTHER");
  }

  @Test
  void ourMarkProvesAPendingCreate() {
    mark = US;
    assertThat(decide("-", "B", ">A")).isEqualTo("QUARANTINE");
    assertThat(decide("A", "B", ">A")).isEqualTo("UPDATE KEEP_ASIDE");
  }

  @Test
  void pruningIsHeldOrReleasedAsPolicyAndTraitsSay() {
    policy = PlanPolicy.builder().pruning(PlanPolicy.Pruning.OFF).build();
    assertThat(decide("-", "A", "A")).isEqualTo("HOLD PRUNE PRUNE_DISABLED");
    policy = PlanPolicy.builder().prunedDrift(PrunedDriftPolicy.PRUNE).build();
    assertThat(decide("-", "B", "A")).isEqualTo("PRUNE");
    traits = ResourceTraits.builder().prunePolicy(PrunePolicy.KEEP).build();
    assertThat(decide("-", "A", "A")).isEqualTo("HOLD PRUNE PRUNE_DISABLED");
    traits = ResourceTraits.builder().prunePolicy(PrunePolicy.RELEASE).build();
    assertThat(decide("-", "A", "A")).isEqualTo("RELEASE");
  }

  @Test
  void anApplyPolicyLimitsWhatIsWritten() {
    traits = ResourceTraits.builder().applyPolicy(ApplyPolicy.CREATE_ONLY).build();
    assertThat(decide("A", "-", "-")).isEqualTo("CREATE");
    assertThat(decide("B", "A", "A")).isEqualTo("nothing");
    traits = ResourceTraits.builder().applyPolicy(ApplyPolicy.IGNORE).build();
    assertThat(decide("A", "-", "-")).isEqualTo("HOLD CREATE NOT_TO_BE_TOUCHED");
    assertThat(decide("B", "A", "A")).isEqualTo("HOLD UPDATE NOT_TO_BE_TOUCHED");
    assertThat(decide("A", "A", "-")).isEqualTo("nothing");
  }
}
