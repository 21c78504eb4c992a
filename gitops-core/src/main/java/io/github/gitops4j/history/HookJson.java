package io.github.gitops4j.history;

import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.KeyJson;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.Text;

/** The events of hooks as JSON. */
final class HookJson {
  static final String STARTED = "hookStarted";
  static final String ENDED = "hookEnded";

  private HookJson() {}

  static Mapping write(Mapping.Builder json, HistoryEvent.HookStarted started) {
    HookRun run = started.run();
    return json.put("operation", Text.of(started.operation()))
        .put("key", KeyJson.write(run.key()))
        .put("revision", Text.of(run.revision()))
        .put("contentId", Text.of(run.contentId()))
        .put("content", Text.of(run.content().hex()))
        .put("replaced", Text.of(run.replaced()))
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
    return json.put("operation", Text.of(ended.operation()))
        .put("key", KeyJson.write(ended.key()))
        .put("end", Text.of(ended.end().name()))
        .put("reason", Text.of(ended.reason()))
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
