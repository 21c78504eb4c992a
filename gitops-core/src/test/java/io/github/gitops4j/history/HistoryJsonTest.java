package io.github.gitops4j.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryJsonTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_000_000);
  private static final Revision ONE = new Revision("main", "1");
  private static final ContentDigest PLAN = ContentDigest.of("plan");

  private static byte[] awaiting(List<ResourceKey> removals) {
    HistoryEvent event =
        new HistoryEvent.OperationAwaits(
            "op", "last wave", List.of(), removals, TIME, TIME.plusSeconds(1));
    return HistoryJson.write(HistoryRecord.following(0, HistoryRecord.START, TIME, event));
  }

  @Test
  void removalsThatAreAwaitedAreReadBack() {
    List<ResourceKey> removals = List.of(ResourceKey.file("a"));
    assertThat(HistoryJson.read("here", awaiting(removals)).event())
        .isInstanceOfSatisfying(
            HistoryEvent.OperationAwaits.class,
            awaits -> assertThat(awaits.removals()).isEqualTo(removals));
  }

  @Test
  void recordsOfBeforePlansWereCountedReadAndHashAsTheyDid() throws IOException {
    byte[] old = resource("/history/before-plans-were-counted.jsonl");
    HistoryState state = HistoryState.empty();
    for (String line : new String(old, UTF_8).lines().toList()) {
      HistoryRecord record = HistoryJson.read("old", line.getBytes(UTF_8));
      assertThat(state.isContinuedBy(record)).as(line).isTrue();
      assertThat(new String(HistoryJson.write(record), UTF_8)).isEqualTo(line);
      state = state.after(record);
    }
    assertThat(state.sequence()).isEqualTo(13);
    HistoryAuditor auditor = HistoryAuditor.create();
    auditor.records("old", old);
    assertThat(auditor.result()).isEqualTo(new HistoryAudit.Whole(13, state.digest()));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = HistoryJsonTest.class.getResourceAsStream(name)) {
      return requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void whatWasPlannedDecidedAndByWhomIsReadBack() {
    HistoryEvent.OperationContext context =
        new HistoryEvent.OperationContext(
            new Provenance(
                "Ada", "Forge", Optional.of(TIME), "one", Optional.of("ada"), Trust.VERIFIED),
            Map.of(ActionKind.CREATE, 2, ActionKind.HOLD, 1),
            List.of(
                new GateDecision("limit", new GateVerdict.Allow("2 of 20")),
                new GateDecision("mine", new GateVerdict.Deny("no")),
                new GateDecision("windows", new GateVerdict.Await("later", Optional.of(TIME)))),
            Optional.of("grace"));
    for (HistoryEvent event :
        List.of(
            new HistoryEvent.OperationBegan("op", ONE, "content", PLAN, context),
            new HistoryEvent.PlanRefused(ONE, PLAN, context))) {
      HistoryRecord record = HistoryRecord.following(0, HistoryRecord.START, TIME, event);
      assertThat(HistoryJson.read("here", HistoryJson.write(record))).isEqualTo(record);
    }
  }

  @Test
  void aGateThatWaitsUntilTheEndOfTimeIsRecorded() {
    HistoryEvent event =
        new HistoryEvent.PlanRefused(
            ONE,
            PLAN,
            new HistoryEvent.OperationContext(
                Provenance.unknown(),
                Map.of(),
                List.of(new GateDecision("w", new GateVerdict.Await("", Optional.of(Instant.MAX)))),
                Optional.empty()));
    HistoryRecord record = HistoryRecord.following(0, HistoryRecord.START, TIME, event);
    assertThat(HistoryJson.read("here", HistoryJson.write(record)).isIntact()).isTrue();
  }

  @Test
  void aRecordWithoutRemovalsIsAsItWasBeforeThereWereAny() {
    byte[] line = awaiting(List.of());
    assertThat(new String(line, UTF_8)).doesNotContain("removals");
    assertThat(HistoryJson.read("here", line).isIntact()).isTrue();
  }
}
