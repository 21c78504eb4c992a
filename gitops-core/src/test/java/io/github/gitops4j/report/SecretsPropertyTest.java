package io.github.gitops4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.diff.DocumentDiffer;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.Masking;
import io.github.gitops4j.plan.ActionHead;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.LiveContent;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanHeader;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.plan.Step;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * No format shows anything of a value that is sensitive, wherever it is and whatever it becomes.
 */
final class SecretsPropertyTest {
  private static final List<FieldPath> SENSITIVE =
      List.of(FieldPath.parse("/data"), FieldPath.parse("/spec/users/*/token"));

  @Provide
  Arbitrary<String> secret() {
    return Arbitraries.strings().alpha().ofMinLength(6).ofMaxLength(14).map(text -> "q9Z" + text);
  }

  /** A value with a secret in it, or none. */
  @Provide
  Arbitrary<Shape> shape() {
    return Arbitraries.of(Shape.values());
  }

  /** What a secret may be part of. */
  enum Shape {
    ABSENT,
    TEXT,
    LONG_TEXT,
    LIST,
    OBJECT,
    NAMED_LIST,
    NUMBER;

    Optional<Value> of(String secret) {
      Mapping object = Mapping.builder().put("key", Text.of(secret)).build();
      return switch (this) {
        case ABSENT -> Optional.empty();
        case TEXT -> Optional.of(Text.of(secret));
        case LONG_TEXT -> Optional.of(Text.of((secret + "\n").repeat(200)));
        case LIST -> Optional.of(Sequence.of(Text.of(secret), Text.of("x" + secret)));
        case OBJECT -> Optional.of(object);
        case NAMED_LIST ->
            Optional.of(
                Sequence.of(Mapping.builder().put("name", Text.of(secret)).build(), object));
        case NUMBER -> Optional.of(Numeral.of(1));
      };
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void noFormatShowsAnySecret(
      @ForAll("secret") String one,
      @ForAll("secret") String other,
      @ForAll("shape") Shape before,
      @ForAll("shape") Shape after) {
    List<FieldChange> changes =
        DocumentDiffer.builder()
            .masking(Masking.withoutDigest(SENSITIVE))
            .listKeys(path -> List.of(path.size() == 2 && isUsers(path) ? "token" : "name"))
            .build()
            .diff(document(one, after), document(other, before));

    for (ReportItem item : items(changes)) {
      for (ReportFormat format : FormatsTest.FORMATS) {
        assertThat(format.render(item)).doesNotContain(one).doesNotContain(other);
      }
    }
  }

  private static boolean isUsers(FieldPath path) {
    return path.toString().equals("/spec/users");
  }

  private static Document document(String secret, Shape shape) {
    Mapping.Builder data = Mapping.builder().put("open", Text.of("seen"));
    shape.of(secret).ifPresent(value -> data.put("secret", value));
    Mapping user =
        Mapping.builder().put("token", Text.of(secret)).put("role", Text.of(shape.name())).build();
    return Document.of(
        Mapping.builder()
            .put("data", data.build())
            .put("spec", Mapping.builder().put("users", Sequence.of(user)).build())
            .build());
  }

  private static List<ReportItem> items(List<FieldChange> changes) {
    ResourceKey key = ResourceKey.of("", "Secret", "shop", "s");
    ActionHead head =
        new ActionHead(
            key,
            new Step(Phase.MAIN, Step.Stage.WRITE, 0, 0, 0),
            Optional.of(Samples.NEW),
            Precondition.MustBeAbsent.INSTANCE,
            Optional.of(new Origin("s.yaml", 0, 1)));
    Plan plan =
        Plan.of(
            new PlanHeader("t", "s", Samples.REVISION, "c", "p"),
            List.of(
                new PlannedAction.Replace(head, changes),
                PlannedAction.Hold.of(
                    new PlannedAction.Update(head, changes, LiveContent.KEEP_ASIDE),
                    HoldReason.UNMANAGED_IN_THE_WAY,
                    "there already")),
            List.of(),
            0);
    return List.of(
        new ReportItem.OfDiff("", List.of(new Difference(key, new Drift.Changed(changes)))),
        new ReportItem.OfPlan("", plan),
        new ReportItem.OfPreview("", Samples.REVISION, plan),
        new ReportItem.OfPass(
            "",
            ReconcileReport.builder("op-1", Samples.TIME)
                .plan(plan)
                .build(new PassResult.Done(), Samples.TIME)));
  }
}
