package io.github.gitops4j.plan;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.InputWarning;
import io.github.gitops4j.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Random plans with every sort of action, value and odd text. */
final class RandomPlans {
  private static final List<String> TEXTS =
      List.of(
          "", "a", "two words", "\"quoted\"", "line\nbreak", "\u0000", "ä€", "😀", "\\", "null");
  private static final List<String> PATHS =
      List.of("/a", "/a/b", "/list/0/x", "/list/[name=x]/y", "/with~1slash");

  private final Random random;

  RandomPlans(Random random) {
    this.random = random;
  }

  Plan plan() {
    List<PlannedAction> actions = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      actions.add(action("name" + i));
    }
    List<BrokenInput> broken = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      FailureCategory category = pick(List.of(FailureCategory.values()));
      broken.add(new BrokenInput(origin(), Failure.of(category, text())));
    }
    List<InputWarning> warnings = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      warnings.add(new InputWarning(origin(), text()));
    }
    PlanHeader header =
        new PlanHeader(text(), text(), new Revision("ref" + text(), "id" + text()), text(), text());
    return Plan.of(header, actions, broken, random.nextInt(1_000)).with(warnings);
  }

  private PlannedAction action(String name) {
    ActionHead head = head(name);
    return switch (pick(List.of(ActionKind.values()))) {
      case CREATE -> new PlannedAction.Create(head);
      case UPDATE -> new PlannedAction.Update(head, changes(), pick(List.of(LiveContent.values())));
      case REPLACE -> new PlannedAction.Replace(head, changes());
      case ADOPT -> new PlannedAction.Adopt(head);
      case PRUNE -> new PlannedAction.Prune(head);
      case QUARANTINE -> new PlannedAction.Quarantine(head);
      case RELEASE -> new PlannedAction.Release(head);
      case RUN_HOOK -> new PlannedAction.RunHook(head);
      case HOLD ->
          new PlannedAction.Hold(
              head,
              pick(List.of(ActionKind.values())),
              pick(List.of(HoldReason.values())),
              text(),
              changes());
    };
  }

  private ActionHead head(String name) {
    Step step =
        new Step(
            pick(List.of(Phase.values())),
            pick(List.of(Step.Stage.values())),
            random.nextInt(),
            random.nextInt(9),
            random.nextInt());
    return new ActionHead(
        ResourceKey.of("group" + text(), "Kind", pick(List.of("", "shop")), name + text()),
        step,
        random.nextBoolean() ? Optional.of(digest()) : Optional.empty(),
        random.nextBoolean()
            ? new Precondition.MustEqual(text(), digest())
            : Precondition.MustBeAbsent.INSTANCE,
        random.nextBoolean() ? Optional.of(origin()) : Optional.empty());
  }

  private List<FieldChange> changes() {
    List<FieldChange> changes = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      changes.add(new FieldChange(FieldPath.parse(pick(PATHS)), fieldValue(), fieldValue()));
    }
    return changes;
  }

  private FieldValue fieldValue() {
    return switch (random.nextInt(6)) {
      case 0 -> FieldValue.Absent.INSTANCE;
      case 1 -> new FieldValue.Masked(Optional.empty());
      case 2 -> new FieldValue.Masked(Optional.of(digest()));
      case 3 -> new FieldValue.Hashed(digest(), OptionalLong.empty());
      case 4 -> new FieldValue.Hashed(digest(), OptionalLong.of(random.nextLong() >>> 1));
      default -> new FieldValue.Shown(value(3));
    };
  }

  private Value value(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> Null.INSTANCE;
      case 1 -> Numeral.of(random.nextLong());
      case 2, 3 -> Text.of(text());
      case 4 -> Sequence.builder().add(value(depth - 1)).add(value(depth - 1)).build();
      default -> Mapping.builder().put("masked", value(depth - 1)).put("k", value(0)).build();
    };
  }

  private Origin origin() {
    return new Origin("dir/" + text() + "f.yaml", random.nextInt(3), random.nextInt(1_000));
  }

  private ContentDigest digest() {
    return ContentDigest.of("content" + random.nextInt());
  }

  private String text() {
    return pick(TEXTS) + pick(TEXTS);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
