package io.github.gitops4j.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.CallException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallContextTest {
  private final AtomicLong nanos = new AtomicLong();
  private final CallContext call =
      CallContext.builder()
          .ticker(nanos::get)
          .timeout(Duration.ofSeconds(10))
          .operationId("op-1")
          .build();

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void whatWasDoneIsRecordedAfterTheDeadline() {
    pass(Duration.ofSeconds(11));
    assertThat(call.isActive()).isFalse();
    CallContext recording = call.toRecordWithin(Duration.ofSeconds(5));
    recording.checkActive("record");
    assertThat(recording.operationId()).isEqualTo("op-1");
    pass(Duration.ofSeconds(5));
    assertThatThrownBy(() -> recording.checkActive("record")).isInstanceOf(CallException.class);
  }

  @Test
  void allListenersOfACancellationAreToldWhateverOneThrows() {
    Cancellation cancellation = new Cancellation();
    List<String> told = new ArrayList<>();
    try (var ignored =
            cancellation.onCancel(
                () -> {
                  throw new IllegalStateException("by order of the test");
                });
        var alsoIgnored = cancellation.onCancel(() -> told.add("second"))) {
      cancellation.cancel();
    }
    assertThat(told).containsExactly("second");
    assertThat(cancellation.isCancelled()).isTrue();
  }

  @Test
  void whatWasDoneIsRecordedThoughSomebodyCancels() {
    CallContext before = call.toRecordWithin(Duration.ofSeconds(5));
    call.cancellation().cancel();
    before.checkActive("record");
    call.toRecordWithin(Duration.ofSeconds(5)).checkActive("record");
    assertThat(call.isActive()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("longTimes")
  void aTimeoutThatNoClockCountsIsNone(Duration time) {
    nanos.set(Duration.ofDays(30_000).toNanos());
    List<CallContext> calls =
        List.of(
            CallContext.builder().ticker(nanos::get).timeout(time).build(),
            CallContext.builder().ticker(nanos::get).build().limitedTo(time),
            call.toRecordWithin(time));
    pass(Duration.ofDays(30_000));
    assertThat(calls).allMatch(CallContext::isActive);
    assertThat(call.limitedTo(time).isActive()).as("the deadline that it has stays").isFalse();
    assertThat(call.limitedTo(time.negated()).isActive()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("longTimes")
  void aPauseThatNoClockCountsEndsWithItsCall(Duration time) {
    CallContext over = CallContext.builder().timeout(Duration.ZERO).build();
    assertThatThrownBy(() -> Pause.blocking().pause(time, over)).isInstanceOf(CallException.class);
    CallContext cancelled = CallContext.unbounded();
    cancelled.cancellation().cancel();
    assertThatThrownBy(() -> Pause.blocking().pause(time, cancelled))
        .isInstanceOf(CallException.class);
  }

  @ParameterizedTest
  @MethodSource("longTimes")
  void whatIsDueInATimeThatNoClockCountsIsNotDue(Duration time) {
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    try (var registration = Scheduler.of(executor).after(time, () -> {})) {
      assertThat(executor.getQueue())
          .singleElement()
          .satisfies(due -> assertThat(((Delayed) due).getDelay(TimeUnit.DAYS)).isPositive());
      registration.close();
    } finally {
      executor.shutdownNow();
    }
  }

  static List<Duration> longTimes() {
    return List.of(
        ChronoUnit.FOREVER.getDuration(),
        Duration.ofSeconds(Long.MAX_VALUE),
        Duration.ofNanos(Long.MAX_VALUE),
        Duration.ofDays(200_000));
  }
}
