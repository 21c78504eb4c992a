package io.github.gitops4j.history;

import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.KeyJson;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;

/** The events of hooks as JSON. */
final class HookJson {
  static final String STARTED = "hookStarted";
  static final String ENDED = "hookEnded";

  private HookJson() {}

  static Mapping write(Mapping.Builder json, HistoryEvent.HookStarted started) {
    HookRun run = started.run();
    return json.put("operation", WellFormed.text(started.operation()))
        .put("key", KeyJson.write(run.key()))
        .put("revision", WellFormed.text(run.revision()))
        .put("contentId", WellFormed.text(run.contentId()))
        .put("content", WellFormed.text(run.content().hex()))
        .put("replaced", WellFormed.text(run.replaced()))
        .build();
  }

  static HistoryEvent.HookStarted readStarted(MappingReader json) {
    return new HistoryEvent.HookStarted(
        json.text("operation"),
        new HookRun(
            KeyJson.read(json.object("key")),
            json.text("revision"),
            json.text("contentId"),
            json.digest("content"),
            json.text("replaced")));
  }

  static Mapping write(Mapping.Builder json, HistoryEvent.HookEnded ended) {
    return json.put("operation", WellFormed.text(ended.operation()))
        .put("key", KeyJson.write(ended.key()))
        .put("end", WellFormed.text(ended.end().name()))
        .put("reason", WellFormed.text(ended.reason()))
        .build();
  }

  static HistoryEvent.HookEnded readEnded(MappingReader json) {
    return new HistoryEvent.HookEnded(
        json.text("operation"),
        KeyJson.read(json.object("key")),
        json.constant("end", Hook.End.class),
        json.text("reason"));
  }
}
