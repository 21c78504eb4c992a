package io.github.gitops4j.forge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much of all bodies together is held, and how long one is waited for. */
class IntakeTest {
  private final ManualClock clock = ManualClock.create();
  private final Webhook webhook =
      Sent.webhook(Provider.GITHUB, Sent.SECRET).maxBytes(1 << 20).build();
  private final WebhookEndpoint endpoint =
      WebhookEndpoint.builder(webhook, WebhookTrigger.create()).ticker(clock).mostBytes(1).build();

  private int status(InputStream body) {
    return endpoint.answer(Sent.github("push", "").headers(), body).status();
  }

  /** A body of a size, in the middle of which something happens. */
  private static InputStream body(int size, Runnable atTheEnd) {
    return new FilterInputStream(new ByteArrayInputStream(new byte[size])) {
      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        if (read < 0) {
          atTheEnd.run();
        }
        return read;
      }
    };
  }

  @Test
  void oneBodyHasRoomAndAnotherBesideItHasNot() {
    int size = 1 << 20;
    assertThat(
            status(
                body(
                    size,
                    () -> assertThat(status(body(size, () -> {}))).as("beside").isEqualTo(503))))
        .as("read, and not genuine")
        .isEqualTo(401);
    assertThat(status(body(size, () -> {}))).as("there is room again").isEqualTo(401);
  }

  @Test
  void aBodyOverTheLimitLeavesNothingBehind() {
    for (int i = 0; i < 10; i++) {
      assertThat(status(body((1 << 20) + 1, () -> {}))).isEqualTo(413);
    }
    assertThat(status(body(1 << 20, () -> {}))).isEqualTo(401);
  }

  @Test
  void aBodyThatComesTooLateIsRefused() {
    assertThat(status(body(10, () -> clock.advance(Duration.ofSeconds(10))))).isEqualTo(408);
  }
}
