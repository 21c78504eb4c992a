package io.github.gitops4j.plan;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.resource.KeyJson;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import java.util.List;

/** One action as JSON. */
final class ActionJson {
  private ActionJson() {}

  /** Returns what the digest covers: everything but preconditions and origins. */
  static Mapping.Builder stable(PlannedAction action) {
    Mapping.Builder json = Mapping.builder();
    json.put("kind", Text.of(action.kind().name()));
    json.put("key", KeyJson.write(action.key()));
    json.put("step", step(action.step()));
    action.head().desired().ifPresent(digest -> json.put("desired", Text.of(digest.hex())));
    Sequence.Builder changes = Sequence.builder();
    action.changes().forEach(change -> changes.add(ChangeJson.write(change)));
    json.put("changes", changes.build());
    if (action instanceof PlannedAction.Update update) {
      json.put("overwritten", Text.of(update.overwritten().name()));
    } else if (action instanceof PlannedAction.Hold hold) {
      json.put("withheld", Text.of(hold.withheld().name()));
      json.put("reason", Text.of(hold.reason().name()));
      json.put("message", Text.of(hold.message()));
    }
    return json;
  }

  static Mapping write(PlannedAction action) {
    Mapping.Builder json = stable(action);
    json.put("expects", precondition(action.head().precondition()));
    action.head().origin().ifPresent(origin -> json.put("origin", origin(origin)));
    return json.build();
  }

  static PlannedAction read(MappingReader json) {
    ActionHead head =
        new ActionHead(
            KeyJson.read(json.object("key")),
            readStep(json.object("step")),
            json.optionalDigest("desired"),
            readPrecondition(json.object("expects")),
            json.optionalObject("origin").map(ActionJson::readOrigin));
    List<FieldChange> changes = json.objects("changes").stream().map(ChangeJson::read).toList();
    return switch (json.constant("kind", ActionKind.class)) {
      case CREATE -> new PlannedAction.Create(head);
      case UPDATE ->
          new PlannedAction.Update(head, changes, json.constant("overwritten", LiveContent.class));
      case REPLACE -> new PlannedAction.Replace(head, changes);
      case ADOPT -> new PlannedAction.Adopt(head);
      case PRUNE -> new PlannedAction.Prune(head);
      case QUARANTINE -> new PlannedAction.Quarantine(head);
      case RELEASE -> new PlannedAction.Release(head);
      case RUN_HOOK -> new PlannedAction.RunHook(head);
      case HOLD ->
          new PlannedAction.Hold(
              head,
              json.constant("withheld", ActionKind.class),
              json.constant("reason", HoldReason.class),
              json.text("message"),
              changes);
    };
  }

  static Mapping origin(Origin origin) {
    return Mapping.builder()
        .put("file", Text.of(origin.file()))
        .put("document", Numeral.of(origin.document()))
        .put("line", Numeral.of(origin.line()))
        .build();
  }

  static Origin readOrigin(MappingReader json) {
    return new Origin(json.text("file"), json.smallNumber("document"), json.smallNumber("line"));
  }

  private static Mapping step(Step step) {
    return Mapping.builder()
        .put("phase", Text.of(step.phase().name()))
        .put("stage", Text.of(step.stage().name()))
        .put("wave", Numeral.of(step.wave()))
        .put("layer", Numeral.of(step.layer()))
        .put("order", Numeral.of(step.order()))
        .build();
  }

  private static Step readStep(MappingReader json) {
    return new Step(
        json.constant("phase", Phase.class),
        json.constant("stage", Step.Stage.class),
        json.smallNumber("wave"),
        json.smallNumber("layer"),
        json.smallNumber("order"));
  }

  private static Mapping precondition(Precondition precondition) {
    if (precondition instanceof Precondition.MustEqual equal) {
      return Mapping.builder()
          .put("uid", Text.of(equal.uid()))
          .put("digest", Text.of(equal.digest().hex()))
          .build();
    }
    return Mapping.empty();
  }

  private static Precondition readPrecondition(MappingReader json) {
    if (json.names().isEmpty()) {
      return Precondition.MustBeAbsent.INSTANCE;
    }
    return new Precondition.MustEqual(json.text("uid"), json.digest("digest"));
  }
}
