package io.github.gitops4j.forge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Deliveries that came before. */
class ReplaysTest {
  private final ManualClock clock = ManualClock.create();
  private final Webhook webhook =
      Sent.webhook(Provider.GITHUB, Sent.SECRET)
          .clock(clock)
          .replays(3, Duration.ofHours(1))
          .build();

  private String kind(String id) {
    return Sent.github("ping", "{}").header("X-GitHub-Delivery", id).to(webhook).kind().toString();
  }

  @Test
  void aReplayIsIgnoredHoweverOftenItComes() {
    assertThat(kind("a")).isEqualTo("ping");
    for (int i = 0; i < 1_000; i++) {
      assertThat(kind("a")).isEqualTo("ignored");
    }
    Verdict again = Sent.github("ping", "{}").header("X-GitHub-Delivery", "a").to(webhook);
    assertThat(again.httpStatus()).isEqualTo(200);
    assertThat(again.message()).startsWith("duplicate");
  }

  @Test
  void onlyTheNewestAreKept() {
    for (String id : new String[] {"a", "b", "c", "d"}) {
      assertThat(kind(id)).isEqualTo("ping");
    }
    assertThat(kind("b")).isEqualTo("ignored");
    assertThat(kind("a")).isEqualTo("ping");
  }

  @Test
  void theyAreKeptForSomeTime() {
    assertThat(kind("a")).isEqualTo("ping");
    clock.advance(Duration.ofMinutes(59));
    assertThat(kind("a")).isEqualTo("ignored");
    clock.advance(Duration.ofMinutes(1));
    assertThat(kind("a")).isEqualTo("ping");
  }

  @Test
  void theMemoryIsBounded() {
    Replays replays = new Replays(100, Duration.ofHours(1));
    for (int i = 0; i < 10_000; i++) {
      assertThat(replays.isNew("id" + i, clock.instant())).isTrue();
    }
    assertThat(replays.isNew("x".repeat(10_000), clock.instant())).isTrue();
    assertThat(replays.isNew("", clock.instant())).isTrue();
    assertThat(replays.size()).isEqualTo(100);
    clock.advance(Duration.ofHours(2));
    assertThat(replays.isNew("late", clock.instant())).isTrue();
    assertThat(replays.size()).isEqualTo(1);
  }

  @Test
  void whatIsNotGenuineOrNotUnderstoodIsNotKept() {
    Sent.github("push", "[]").header("X-GitHub-Delivery", "a").to(webhook);
    Sent.github("ping", "{}")
        .header("X-GitHub-Delivery", "a")
        .header("X-Hub-Signature-256", "sha256=0")
        .to(webhook);

    assertThat(kind("a")).isEqualTo("ping");
  }
}
