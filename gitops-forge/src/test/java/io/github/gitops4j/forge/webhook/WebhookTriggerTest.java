package io.github.gitops4j.forge.webhook;

import static io.github.gitops4j.forge.webhook.Sent.AFTER;
import static io.github.gitops4j.forge.webhook.Sent.BEFORE;
import static io.github.gitops4j.forge.webhook.Sent.SECRET;
import static io.github.gitops4j.forge.webhook.Sent.ZEROS;
import static io.github.gitops4j.forge.webhook.Sent.github;
import static io.github.gitops4j.forge.webhook.Sent.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.Trigger;
import io.github.gitops4j.testkit.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a controller does when a webhook is called. */
class WebhookTriggerTest {
  private final ManualClock clock = ManualClock.create();
  private final Shops shops = new Shops("ssh://git@git.example.com/acme/shop.git");
  private final WebhookTrigger trigger = WebhookTrigger.create();
  private final Controller controller =
      Controller.builder(Runnable::run, clock)
          .clock(clock)
          .ticker(clock)
          .jitter(() -> 0)
          .trigger(trigger)
          .build();
  private final Webhook webhook = Sent.webhook(Provider.GITHUB, SECRET).clock(clock).build();
  private final WebhookEndpoint endpoint =
      WebhookEndpoint.builder(webhook, trigger).ticker(clock).build();

  @BeforeEach
  void put() {
    controller.put(shops.application("shop"));
    clock.advance(Shops.INTERVAL);
    assertThat(shops.live()).isEqualTo("0");
    shops.looks.set(0);
    shops.fetches.set(0);
  }

  @AfterEach
  void close() {
    controller.close();
  }

  private WebhookResponse answer(Sent sent) {
    return endpoint.answer(sent.headers(), new ByteArrayInputStream(sent.body()));
  }

  private static Sent aPush() {
    return github("push", push("refs/heads/main", BEFORE, AFTER, ""));
  }

  @Test
  void aPushIsAppliedAtOnce() {
    shops.commit(1);

    WebhookResponse response = answer(aPush());

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEqualTo("push: applications that look: 1\n");
    assertThat(shops.live()).isEqualTo("1");
  }

  @Test
  void aReplayLeadsToNoLook() {
    Sent sent = aPush();
    for (int i = 0; i < 1_000; i++) {
      assertThat(answer(sent).status()).isEqualTo(200);
    }
    assertThat(shops.looks).hasValue(1);
  }

  @Test
  void whatConcernsNobodyLeadsToNoLook() {
    String elsewhere = push("refs/heads/main", BEFORE, AFTER, "").replace("acme/shop", "acme/bank");

    assertThat(answer(github("push", elsewhere)).text()).endsWith("look: 0\n");
    assertThat(answer(github("push", "{\"ref\": \"refs/heads/main\"}")).text())
        .endsWith("look: 0\n");
    assertThat(answer(github("ping", "{}")).text()).isEqualTo("pong\n");
    assertThat(answer(github("pull_request", "{}")).status()).isEqualTo(200);
    assertThat(answer(aPush().header("X-Hub-Signature-256", "sha256=0")).status()).isEqualTo(401);
    assertThat(answer(github("push", "[]")).status()).isEqualTo(400);
    assertThat(shops.looks).hasValue(0);
  }

  @Test
  void aBranchThatIsGoneIsNotFetchedAndWhatIsLiveStays() {
    shops.loseBranch();

    answer(github("push", push("refs/heads/main", BEFORE, ZEROS, "\"deleted\": true,")));

    assertThat(shops.looks).hasValue(1);
    assertThat(shops.fetches).hasValue(0);
    assertThat(shops.live()).isEqualTo("0");
  }

  @Test
  void aPushThatIsNotToldIsFoundAtTheInterval() {
    shops.commit(1);
    assertThat(shops.live()).isEqualTo("0");

    clock.advance(Shops.INTERVAL.multipliedBy(11).dividedBy(10));

    assertThat(shops.live()).isEqualTo("1");
  }

  @Test
  void nothingOfAPayloadIsConnectedTo() throws IOException {
    try (ServerSocketChannel trap = ServerSocketChannel.open()) {
      trap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      trap.configureBlocking(false);
      int port = ((InetSocketAddress) trap.getLocalAddress()).getPort();
      for (String url :
          List.of(
              "http://127.0.0.1:" + port + "/latest/meta-data",
              "ssh://git@127.0.0.1:" + port + "/acme/shop.git",
              "file:///etc/passwd",
              "http://169.254.169.254/latest/meta-data")) {
        String body =
            push("refs/heads/main", BEFORE, AFTER, "\"url\": \"" + url + "\",")
                .replaceAll("\"(https://|git@)git[^\"]*\"", "\"" + url + "\"");
        assertThat(answer(github("push", body)).text()).endsWith("look: 0\n");
      }
      assertThat(trap.accept()).isNull();
    }
    assertThat(shops.looks).hasValue(0);
  }

  @Test
  void aTriggerTellsOneController() {
    assertThatThrownBy(() -> trigger.start(new Told())).isInstanceOf(IllegalStateException.class);
    assertThat(webhook.provider()).isEqualTo(Provider.GITHUB);
  }

  @Test
  void aControllerThatIsClosedIsSaidAndTheDeliveryMayComeAgain() {
    Sent sent = aPush();
    controller.close();

    WebhookResponse response = answer(sent);

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers()).containsKey("Retry-After");
    Told told = new Told();
    trigger.start(told);
    assertThat(answer(sent).status()).isEqualTo(200);
    assertThat(told.calls).hasValue(1);
  }

  @Test
  void aTriggerThatThrowsIsAnErrorOnceAndTheDeliveryMayComeAgain() {
    controller.close();
    Told told = new Told();
    trigger.start(told);
    told.failing = true;
    Sent sent = aPush();

    assertThat(answer(sent).status()).isEqualTo(500);
    told.failing = false;
    assertThat(answer(sent).status()).isEqualTo(200);
    assertThat(told.calls).hasValue(2);
  }

  @Test
  void aListenerIsToldEachVerdictAndHarmsNobody() {
    List<Verdict.Kind> kinds = new ArrayList<>();
    WebhookEndpoint counted =
        WebhookEndpoint.builder(webhook, trigger)
            .listener(
                verdict -> {
                  kinds.add(verdict.kind());
                  throw new IllegalStateException("on purpose");
                })
            .build();
    for (Sent sent : List.of(aPush(), github("push", "{"), github("ping", "{}"))) {
      counted.answer(sent.headers(), new ByteArrayInputStream(sent.body()));
    }

    assertThat(kinds).containsExactly(Verdict.Kind.PUSH, Verdict.Kind.REFUSED, Verdict.Kind.PING);
    assertThat(shops.looks).hasValue(1);
  }

  /** Takes what a controller would be told. */
  private static final class Told implements Trigger.Sink {
    final AtomicInteger calls = new AtomicInteger();
    volatile boolean failing;

    @Override
    public int remotesMoved(Predicate<String> mayHaveMoved) {
      calls.incrementAndGet();
      if (failing) {
        throw new IllegalStateException("on purpose");
      }
      return 1;
    }

    @Override
    public boolean applicationMoved(String application) {
      throw new AssertionError("no webhook names an application");
    }
  }
}
