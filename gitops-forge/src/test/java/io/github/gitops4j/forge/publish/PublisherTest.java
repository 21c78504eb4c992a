package io.github.gitops4j.forge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.forge.FakeForge;
import io.github.gitops4j.testkit.forge.ForgeFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is published beside passes, while the host does what it likes. */
class PublisherTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final FakeForge forge = FakeForge.start();
  private final ManualClock clock = ManualClock.create();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private volatile String token = "token";
  private Publisher publisher = builder().build();
  private final ForgeClient client =
      ForgeClient.builder(Forge.GITHUB, forge.github(), "acme/shop", () -> Sensitive.of(token))
          .clock(clock)
          .build();

  private Publisher.Builder builder() {
    return Publisher.builder(executor, clock).ticker(clock);
  }

  @AfterEach
  void stop() {
    forge.close();
    publisher.close();
    executor.shutdownNow();
  }

  private void offer(PublishState... states) {
    for (PublishState state : states) {
      publisher.offer(client, Told.status(state));
    }
  }

  private void until(long sent, long failed) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> publisher.counts().sent() == sent && publisher.counts().failed() == failed);
  }

  private void untilPaused() {
    Awaitility.await().atMost(LIMIT).until(() -> clock.pending() == 1);
  }

  private List<String> states() {
    return forge.statuses(Told.SHA).stream()
        .map((Mapping status) -> status.text("description").orElseThrow())
        .toList();
  }

  /** Keeps a thread of the publisher busy, so that what is offered waits. */
  private CountDownLatch blocked() {
    CountDownLatch go = new CountDownLatch(1);
    publisher =
        Publisher.builder(
                task ->
                    executor.execute(
                        () -> {
                          try {
                            go.await();
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                          task.run();
                        }),
                clock)
            .ticker(clock)
            .capacity(3)
            .build();
    return go;
  }

  @Test
  void theLastWordWins() {
    CountDownLatch go = blocked();
    offer(PublishState.PENDING, PublishState.RUNNING, PublishState.FAILED, PublishState.SUCCESS);
    assertThat(forge.requests()).as("nothing is sent by who offers").isEmpty();
    go.countDown();
    until(1, 0);

    assertThat(states()).containsExactly("success");
    assertThat(publisher.counts()).isEqualTo(new PublishCounts(1, 3, 0, 0));
  }

  @Test
  void whatWasSaidAlreadyIsNotSaidAgain() {
    offer(PublishState.SUCCESS);
    until(1, 0);
    offer(PublishState.SUCCESS, PublishState.SUCCESS);
    assertThat(publisher.counts().skipped()).isEqualTo(2);
    offer(PublishState.FAILED);
    until(2, 0);
    offer(PublishState.SUCCESS);
    until(3, 0);

    assertThat(states()).containsExactly("success", "failed", "success");
  }

  @Test
  void whatIsBeingSaidIsNotSaidAgain() {
    forge.fail(new ForgeFault.Silent());
    offer(PublishState.SUCCESS);
    Awaitility.await().atMost(LIMIT).until(() -> forge.requests().size() == 1);
    offer(PublishState.SUCCESS);
    assertThat(publisher.counts().skipped()).isEqualTo(1);
    assertThat(publisher.waiting()).isZero();
  }

  @Test
  void theQueueIsBoundedAndTheOldestGoesFirst() {
    CountDownLatch go = blocked();
    for (int i = 0; i < 10; i++) {
      publisher.offer(client, named("app-" + i));
    }
    assertThat(publisher.waiting()).isEqualTo(3);
    go.countDown();
    until(3, 0);

    assertThat(publisher.counts().dropped()).isEqualTo(7);
    assertThat(forge.statuses(Told.SHA))
        .extracting(status -> status.text("context").orElseThrow())
        .containsExactly("app-7", "app-8", "app-9");
  }

  private static CommitStatus named(String context) {
    return new CommitStatus(Told.MAIN, context, PublishState.SUCCESS, "", Optional.empty());
  }

  @Test
  void aHostThatIsDownIsLeftAloneLongerEachTimeAndToldTheLastWord() {
    forge.failAlways(ForgeFault.status(503, "down"));
    offer(PublishState.RUNNING);
    until(0, 1);
    untilPaused();
    offer(PublishState.FAILED, PublishState.SUCCESS);
    assertThat(forge.requests()).hasSize(1);

    clock.advance(Duration.ofMinutes(1));
    until(0, 2);
    untilPaused();
    clock.advance(Duration.ofSeconds(119));
    assertThat(forge.requests()).as("two minutes now").hasSize(2);
    forge.recover();
    clock.advance(Duration.ofSeconds(1));
    until(1, 2);

    assertThat(states()).containsExactly("success");
    assertThat(publisher.waiting()).isZero();
  }

  @Test
  void allClientsLeaveAHostAlone() {
    ForgeClient other =
        ForgeClient.builder(Forge.GITHUB, forge.github(), "acme/other", () -> Sensitive.of("token"))
            .build();
    forge.fail(ForgeFault.status(500, "down"));
    offer(PublishState.SUCCESS);
    until(0, 1);
    untilPaused();
    publisher.offer(other, Told.status(PublishState.SUCCESS));
    Awaitility.await().atMost(LIMIT).until(() -> clock.pending() == 2);
    assertThat(forge.requests()).hasSize(1);

    clock.advance(Duration.ofMinutes(1));
    until(2, 1);
  }

  @Test
  void aHostThatSaysHowLongIsLeftAloneThatLong() {
    forge.fail(new ForgeFault.Status(429, Map.of("Retry-After", "300"), "{}"));
    offer(PublishState.SUCCESS);
    until(0, 1);
    untilPaused();
    clock.advance(Duration.ofSeconds(299));
    assertThat(forge.requests()).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    until(1, 1);
  }

  @Test
  void aTokenThatIsRefusedStopsUntilThereIsAnother() {
    token = "old";
    offer(PublishState.SUCCESS);
    until(0, 1);
    untilPaused();
    clock.advance(Duration.ofMinutes(1));
    until(0, 2);
    untilPaused();
    assertThat(forge.requests()).as("the old one is not sent again").hasSize(1);
    token = "token";
    clock.advance(Duration.ofMinutes(1));
    until(1, 2);

    assertThat(states()).containsExactly("success");
  }

  @Test
  void aCommitWithAThousandStatusesIsLetBe() {
    forge.fail(ForgeFault.status(422, "has reached the maximum number of statuses."));
    offer(PublishState.RUNNING);
    Awaitility.await().atMost(LIMIT).until(() -> publisher.counts().dropped() == 1);
    offer(PublishState.SUCCESS, PublishState.FAILED);
    publisher.offer(client, named("another"));
    until(1, 0);

    assertThat(publisher.counts().dropped()).isEqualTo(3);
    assertThat(forge.requests()).hasSize(2);
  }

  @Test
  void whatIsRefusedIsNotTriedAgainAndTheOthersGoOn() {
    forge.fail(ForgeFault.status(404, "no such repository"));
    offer(PublishState.SUCCESS);
    until(0, 1);
    offer(PublishState.SUCCESS);
    assertThat(publisher.counts().skipped()).isEqualTo(1);
    publisher.offer(client, named("another"));
    until(1, 1);
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aSilentHostDelaysNobodyAndNotTheEnd() {
    forge.failAlways(new ForgeFault.Silent());
    publisher = builder().patience(Duration.ofMillis(20)).build();
    offer(PublishState.RUNNING);
    Awaitility.await().atMost(LIMIT).until(() -> forge.requests().size() == 1);
    offer(PublishState.SUCCESS);
    publisher.close();

    assertThat(publisher.counts().dropped()).isEqualTo(1);
    offer(PublishState.FAILED);
    assertThat(publisher.counts().dropped()).isEqualTo(2);
  }

  @Test
  void theEndWaitsForWhatIsBeingSent() {
    publisher = builder().patience(LIMIT).build();
    for (int i = 0; i < 50; i++) {
      publisher.offer(client, named("app-" + i));
    }
    publisher.close();

    assertThat(publisher.counts()).isEqualTo(new PublishCounts(50, 0, 0, 0));
    assertThat(forge.statuses(Told.SHA)).hasSize(50);
  }

  @Test
  void anExecutorThatTakesNothingIsNoHarm() {
    publisher =
        Publisher.builder(
                task -> {
                  throw new RejectedExecutionException();
                },
                clock)
            .build();
    offer(PublishState.SUCCESS);
    assertThat(publisher.counts().dropped()).isEqualTo(1);
    assertThat(publisher.waiting()).isZero();
  }

  @Test
  void deploymentsAndStatusesAreApart() {
    publisher.offer(client, Told.deployment(PublishState.RUNNING));
    offer(PublishState.RUNNING);
    until(2, 0);

    assertThat(forge.deployments()).hasSize(1);
    assertThat(states()).containsExactly("running");
  }
}
