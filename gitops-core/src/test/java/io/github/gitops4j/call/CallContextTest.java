package io.github.gitops4j.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.CallException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

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
  void whatWasDoneIsRecordedThoughSomebodyCancels() {
    CallContext before = call.toRecordWithin(Duration.ofSeconds(5));
    call.cancellation().cancel();
    before.checkActive("record");
    call.toRecordWithin(Duration.ofSeconds(5)).checkActive("record");
    assertThat(call.isActive()).isFalse();
  }
}
