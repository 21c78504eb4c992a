package io.github.gitops4j.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.ResourceKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryJsonTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_000_000);

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
  void aRecordWithoutRemovalsIsAsItWasBeforeThereWereAny() {
    byte[] line = awaiting(List.of());
    assertThat(new String(line, UTF_8)).doesNotContain("removals");
    assertThat(HistoryJson.read("here", line).isIntact()).isTrue();
  }
}
