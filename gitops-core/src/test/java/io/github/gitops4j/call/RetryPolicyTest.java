package io.github.gitops4j.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger made = new AtomicInteger();
  private final List<Duration> pauses = new ArrayList<>();

  private RetryPolicy.Builder policy() {
    return RetryPolicy.builder()
        .attempts(4)
        .first(Duration.ofMillis(100))
        .longest(Duration.ofMillis(300))
        .jitter(() -> 1)
        .pause(
            (time, call) -> {
              pauses.add(time);
              nanos.addAndGet(time.toNanos());
            });
  }

  private String failing(FailureCategory category) {
    made.incrementAndGet();
    throw new SourceException(category, "no answer");
  }

  private CallContext within(Duration timeout) {
    return CallContext.builder().ticker(nanos::get).timeout(timeout).build();
  }

  @Test
  void repeatsWhatMayPassWithDoublingPausesUpToTheLongest() {
    assertThatThrownBy(
            () ->
                policy()
                    .build()
                    .run(() -> failing(FailureCategory.UNAVAILABLE), CallContext.unbounded()))
        .isInstanceOf(SourceException.class);
    assertThat(made).hasValue(4);
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300));
  }

  @Test
  void givesWhatALaterAttemptGives() {
    String answer =
        policy()
            .build()
            .run(
                () -> made.get() < 2 ? failing(FailureCategory.UNAVAILABLE) : "answer",
                CallContext.unbounded());
    assertThat(answer).isEqualTo("answer");
    assertThat(pauses).hasSize(2);
  }

  @Test
  void doesNotRepeatWhatDoesNotPass() {
    for (FailureCategory category :
        List.of(
            FailureCategory.INVALID_INPUT,
            FailureCategory.FORBIDDEN,
            FailureCategory.NOT_FOUND,
            FailureCategory.UNAUTHENTICATED)) {
      made.set(0);
      assertThatThrownBy(
              () -> policy().build().run(() -> failing(category), CallContext.unbounded()))
          .isInstanceOf(SourceException.class);
      assertThat(made).as(category.name()).hasValue(1);
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void neverPausesPastTheDeadline() {
    CallContext call = within(Duration.ofMillis(250));
    assertThatThrownBy(() -> policy().build().run(() -> failing(FailureCategory.UNAVAILABLE), call))
        .isInstanceOf(SourceException.class);
    assertThat(pauses).containsExactly(Duration.ofMillis(100));
    assertThat(nanos.get()).isLessThan(Duration.ofMillis(250).toNanos());
  }

  @Test
  void jitterScalesAPauseByHalfToAllOfIt() {
    assertThat(policy().jitter(() -> 0).build().delay(1)).isEqualTo(Duration.ofMillis(50));
    assertThat(policy().jitter(() -> 0.5).build().delay(1)).isEqualTo(Duration.ofMillis(75));
    assertThat(policy().jitter(() -> 1).build().delay(40)).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void pausesMayBeLongerThanAnyClockCounts() {
    Duration ever = ChronoUnit.FOREVER.getDuration();
    Duration most = Duration.ofDays(36_500);
    assertThat(policy().longest(ever).build().delay(3)).isEqualTo(Duration.ofMillis(400));
    assertThat(policy().longest(ever).build().delay(200)).isLessThan(most);
    assertThat(policy().first(ever).build().delay(1)).isEqualTo(Duration.ofMillis(300));
    assertThat(policy().first(ever).longest(ever).build().delay(200)).isEqualTo(most);
  }
}
