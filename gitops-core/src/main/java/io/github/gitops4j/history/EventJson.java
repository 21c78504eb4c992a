package io.github.gitops4j.history;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.resource.KeyJson;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.source.Revision;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One event as JSON; the field {@code type} names its variant. */
final class EventJson {
  private static final String TYPE = "type";

  private EventJson() {}

  static Mapping write(HistoryEvent event) {
    if (event instanceof HistoryEvent.OperationBegan began) {
      return began(began);
    } else if (event instanceof HistoryEvent.OperationAwaits awaits) {
      return awaits(awaits);
    } else if (event instanceof HistoryEvent.OperationEnded ended) {
      return typed("ended")
          .put("operation", WellFormed.text(ended.operation()))
          .put("revision", revision(ended.revision()))
          .put("result", WellFormed.text(ended.result().name()))
          .put("effects", effects(ended.effects()))
          .put("notes", texts(ended.notes()))
          .build();
    }
    return writeStep(event);
  }

  private static Mapping began(HistoryEvent.OperationBegan began) {
    Mapping.Builder json =
        typed("began")
            .put("operation", WellFormed.text(began.operation()))
            .put("revision", revision(began.revision()))
            .put("contentId", WellFormed.text(began.contentId()))
            .put("plan", WellFormed.text(began.plan().hex()));
    return ContextJson.write(json, began.context()).build();
  }

  private static Mapping writeStep(HistoryEvent event) {
    if (event instanceof HistoryEvent.OperationFailing failing) {
      return typed("failing")
          .put("operation", WellFormed.text(failing.operation()))
          .put("reason", WellFormed.text(failing.reason()))
          .build();
    } else if (event instanceof HistoryEvent.HookStarted started) {
      return HookJson.write(typed(HookJson.STARTED), started);
    } else if (event instanceof HistoryEvent.HookEnded ended) {
      return HookJson.write(typed(HookJson.ENDED), ended);
    } else if (event instanceof HistoryEvent.HooksRetried retried) {
      return typed("hooksRetried").put("by", WellFormed.text(retried.by())).build();
    }
    return writeDecision(event);
  }

  private static Mapping awaits(HistoryEvent.OperationAwaits awaits) {
    Mapping.Builder json =
        typed("awaits")
            .put("operation", WellFormed.text(awaits.operation()))
            .put("wave", WellFormed.text(awaits.wave()))
            .put("keys", keys(awaits.keys()));
    // Left out if there are none: a record is read back byte for byte, and older ones lack it.
    if (!awaits.removals().isEmpty()) {
      json.put("removals", keys(awaits.removals()));
    }
    return json.put("since", Numeral.of(awaits.since().toEpochMilli()))
        .put("deadline", Numeral.of(awaits.deadline().toEpochMilli()))
        .build();
  }

  private static Sequence keys(List<ResourceKey> keys) {
    Sequence.Builder list = Sequence.builder();
    keys.forEach(key -> list.add(KeyJson.write(key)));
    return list.build();
  }

  private static List<ResourceKey> readKeys(MappingReader json, String name) {
    return json.objects(name).stream().map(KeyJson::read).toList();
  }

  private static Mapping writeDecision(HistoryEvent event) {
    if (event instanceof HistoryEvent.PlanApproved approved) {
      return typed("approved")
          .put("plan", WellFormed.text(approved.plan().hex()))
          .put("by", WellFormed.text(approved.by()))
          .build();
    } else if (event instanceof HistoryEvent.PlanRefused refused) {
      Mapping.Builder json =
          typed("refused")
              .put("revision", revision(refused.revision()))
              .put("plan", WellFormed.text(refused.plan().hex()));
      return ContextJson.write(json, refused.context()).build();
    } else if (event instanceof HistoryEvent.RevisionFailed failed) {
      return typed("revisionFailed")
          .put("revision", revision(failed.revision()))
          .put("contentId", WellFormed.text(failed.contentId()))
          .put("reason", WellFormed.text(failed.reason()))
          .build();
    } else if (event instanceof HistoryEvent.RevisionPinned pinned) {
      return typed("pinned")
          .put("revision", revision(pinned.revision()))
          .put("head", revision(pinned.head()))
          .put("by", WellFormed.text(pinned.by()))
          .build();
    } else if (event instanceof HistoryEvent.RevisionUnpinned unpinned) {
      return typed("unpinned").put("by", WellFormed.text(unpinned.by())).build();
    }
    throw new AssertionError(event);
  }

  static HistoryEvent read(MappingReader json) {
    return switch (json.text(TYPE)) {
      case "began" -> readBegan(json);
      case "awaits" ->
          new HistoryEvent.OperationAwaits(
              json.text("operation"),
              json.text("wave"),
              readKeys(json, "keys"),
              json.value("removals").isPresent() ? readKeys(json, "removals") : List.of(),
              Instant.ofEpochMilli(json.number("since")),
              Instant.ofEpochMilli(json.number("deadline")));
      case "ended" ->
          new HistoryEvent.OperationEnded(
              json.text("operation"),
              readRevision(json.object("revision")),
              json.constant("result", OperationResult.class),
              readEffects(json.object("effects")),
              json.texts("notes"));
      case "failing" ->
          new HistoryEvent.OperationFailing(json.text("operation"), json.text("reason"));
      case HookJson.STARTED -> HookJson.readStarted(json);
      case HookJson.ENDED -> HookJson.readEnded(json);
      case "hooksRetried" -> new HistoryEvent.HooksRetried(json.text("by"));
      case "approved" -> new HistoryEvent.PlanApproved(json.digest("plan"), json.text("by"));
      case "refused" ->
          new HistoryEvent.PlanRefused(
              readRevision(json.object("revision")), json.digest("plan"), ContextJson.read(json));
      case "revisionFailed" ->
          new HistoryEvent.RevisionFailed(
              readRevision(json.object("revision")), json.text("contentId"), json.text("reason"));
      case "pinned" ->
          new HistoryEvent.RevisionPinned(
              readRevision(json.object("revision")),
              readRevision(json.object("head")),
              json.text("by"));
      case "unpinned" -> new HistoryEvent.RevisionUnpinned(json.text("by"));
      default -> throw json.wrong(TYPE, "a known event, not " + json.text(TYPE));
    };
  }

  private static HistoryEvent readBegan(MappingReader json) {
    return new HistoryEvent.OperationBegan(
        json.text("operation"),
        readRevision(json.object("revision")),
        json.text("contentId"),
        json.digest("plan"),
        ContextJson.read(json));
  }

  private static Mapping.Builder typed(String type) {
    return Mapping.builder().put(TYPE, WellFormed.text(type));
  }

  private static Mapping revision(Revision revision) {
    return Mapping.builder()
        .put("ref", WellFormed.text(revision.ref()))
        .put("id", WellFormed.text(revision.id()))
        .build();
  }

  private static Revision readRevision(MappingReader json) {
    return new Revision(json.text("ref"), json.text("id"));
  }

  private static Mapping effects(Map<Effect, Integer> effects) {
    Mapping.Builder json = Mapping.builder();
    effects.forEach((effect, count) -> json.put(effect.name(), Numeral.of(count)));
    return json.build();
  }

  private static Map<Effect, Integer> readEffects(MappingReader json) {
    Map<Effect, Integer> effects = new EnumMap<>(Effect.class);
    for (String name : json.names()) {
      try {
        effects.put(Effect.valueOf(name), json.smallNumber(name));
      } catch (IllegalArgumentException e) {
        throw json.wrong(name, "a known effect");
      }
    }
    return effects;
  }

  private static Sequence texts(Collection<String> texts) {
    Sequence.Builder list = Sequence.builder();
    texts.forEach(text -> list.add(WellFormed.text(text)));
    return list.build();
  }
}
