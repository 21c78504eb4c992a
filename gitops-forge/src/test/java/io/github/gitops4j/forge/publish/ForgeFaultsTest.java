package io.github.gitops4j.forge.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.fault.BlackHole;
import io.github.gitops4j.testkit.forge.FakeForge;
import io.github.gitops4j.testkit.forge.ForgeFault;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host that is down, slow, refuses, or is not what it seems. */
class ForgeFaultsTest {
  private final FakeForge forge = FakeForge.start();
  private final ManualClock clock = ManualClock.create();
  private volatile String token = "old";
  private volatile String leads = "192.0.2.1";

  @AfterEach
  void stop() {
    forge.close();
  }

  private ForgeClient client() {
    return Told.client(forge, Forge.GITHUB).clock(clock).build();
  }

  private static PublishException failure(ForgeClient client) {
    return catchThrowableOfType(
        PublishException.class, () -> client.publish(Told.status(PublishState.SUCCESS)));
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_INPUT",
    "401, UNAUTHENTICATED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "409, CONFLICT",
    "413, INVALID_INPUT",
    "422, INVALID_INPUT",
    "429, UNAVAILABLE",
    "500, UNAVAILABLE",
    "503, UNAVAILABLE"
  })
  void aRefusalSaysWhoMustAct(int status, FailureCategory category) {
    forge.fail(ForgeFault.status(status, "because\\u001b[31m token"));

    PublishException failure = failure(client());

    assertThat(failure.category()).isEqualTo(category);
    assertThat(failure)
        .hasMessageContaining("failed: the answer is " + status + ": because\\u{1b}[31m ***")
        .hasMessageStartingWith("POST http://127.0.0.1:");
    assertThat(failure.retryAfter()).isEmpty();
  }

  @Test
  void aThousandStatusesAreTheLimitOfACommitAndContext() {
    ForgeClient client = client();
    for (int i = 0; i < 1_000; i++) {
      client.publish(Told.status(PublishState.SUCCESS));
    }
    assertThat(failure(client).category()).isEqualTo(FailureCategory.LIMIT_EXCEEDED);
  }

  @Test
  void aSecondaryLimitSaysHowLong() {
    long reset = clock.instant().getEpochSecond() + 90;
    forge.fail(new ForgeFault.Status(403, Map.of("Retry-After", "30"), "{}"));
    forge.fail(
        new ForgeFault.Status(
            403,
            Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", Long.toString(reset)),
            "{}"));
    forge.fail(ForgeFault.status(403, "You have exceeded a secondary rate limit"));
    forge.fail(new ForgeFault.Status(429, Map.of("Retry-After", "999999999"), "<html>"));
    forge.fail(new ForgeFault.Status(500, Map.of("x-ratelimit-reset", Long.toString(reset)), "{}"));

    List<PublishException> failures =
        List.of(
            failure(client()),
            failure(client()),
            failure(client()),
            failure(client()),
            failure(client()));

    assertThat(failures)
        .extracting(PublishException::category)
        .containsOnly(FailureCategory.UNAVAILABLE);
    assertThat(failures)
        .extracting(failure -> failure.retryAfter().map(Duration::toSeconds).orElse(0L))
        .containsExactly(30L, 90L, 0L, 3_600L, 0L);
    assertThat(failures)
        .extracting(PublishException::askedTooOften)
        .containsExactly(true, true, true, true, false);
  }

  @Test
  void aHostThatIsSilentOrGoneOrHangsUpIsLeft() {
    forge.fail(new ForgeFault.Silent());
    ForgeClient slow = Told.client(forge, Forge.GITHUB).timeout(Duration.ofMillis(50)).build();
    assertThat(failure(slow).category()).isEqualTo(FailureCategory.TIMEOUT);
    forge.failAlways(new ForgeFault.Hangup());
    assertThat(failure(client()).category()).isEqualTo(FailureCategory.UNAVAILABLE);

    forge.close();
    assertThat(failure(client()))
        .hasMessageContaining("no answer")
        .extracting(PublishException::category)
        .isEqualTo(FailureCategory.UNAVAILABLE);
  }

  @Test
  void aHostThatTakesNoConnectionIsLeft() {
    try (BlackHole away = BlackHole.open()) {
      URI api = URI.create("http://127.0.0.1:" + away.port());
      ForgeClient client =
          ForgeClient.builder(Forge.GITHUB, api, "acme/shop", () -> Sensitive.of("token"))
              .timeout(Duration.ofMillis(50))
              .build();
      // That nothing arrived is known if the connection is given up before the answer is.
      assertThat(failure(client).category())
          .isIn(FailureCategory.TIMEOUT, FailureCategory.UNAVAILABLE);
    }
  }

  @Test
  void aBodyWithoutEndOrSenseIsLeft() {
    forge.fail(new ForgeFault.Endless(1L << 40));
    assertThatThrownBy(() -> client().publish(1, new Comment("plan", "x")))
        .hasMessageContaining("the answer has more than");
    for (String body : List.of("<html>", "", "[1]]", "{}", "null")) {
      forge.fail(new ForgeFault.Status(200, Map.of(), body));
      assertThatThrownBy(() -> client().publish(1, new Comment("plan", "x")))
          .hasMessageEndingWith("the answer is not that of such an API");
    }
    forge.fail(new ForgeFault.Status(201, Map.of(), "<html>"));
    client().publish(Told.status(PublishState.SUCCESS));
  }

  @Test
  void aListOfAnythingIsReadAsFarAsItMakesSense() {
    forge.fail(
        new ForgeFault.Status(
            200,
            Map.of(),
            "[null, 1, {}, {\"id\": \"x\", \"body\": 1}, {\"user\": [], \"body\": null}]"));

    assertThat(client().publish(1, new Comment("plan", "x"))).isEqualTo(Written.CREATED);
  }

  @Test
  void aRedirectToAnotherHostGetsNothing() {
    try (FakeForge other = FakeForge.start()) {
      forge.fail(ForgeFault.redirect(other.github().resolve("/elsewhere")));

      PublishException failure = failure(client());

      assertThat(failure)
          .hasMessageContaining("it leads elsewhere, and nothing is sent there")
          .extracting(PublishException::category)
          .isEqualTo(FailureCategory.FORBIDDEN);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void aRedirectOnTheHostIsFollowedAndNotForEver() {
    URI moved = forge.github().resolve("/api/v3/repos/acme/moved/statuses/" + Told.SHA);
    forge.fail(ForgeFault.redirect(moved));
    client().publish(Told.status(PublishState.SUCCESS));
    assertThat(Told.last(forge).line()).isEqualTo("POST " + moved.getPath());
    assertThat(forge.statuses(Told.SHA)).hasSize(1);

    forge.failAlways(ForgeFault.redirect(moved));
    assertThat(failure(client()).category()).isEqualTo(FailureCategory.FORBIDDEN);
    assertThat(forge.requests()).hasSize(6);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Told.client(forge, Forge.GITHUB)
                    .http(
                        HttpClient.newBuilder()
                            .followRedirects(HttpClient.Redirect.NORMAL)
                            .build()));
  }

  @Test
  void aTokenThatWasRefusedIsNotSentAgainUntilThereIsAnother() {
    ForgeClient client =
        ForgeClient.builder(Forge.GITHUB, forge.github(), "acme/shop", () -> Sensitive.of(token))
            .build();
    assertThat(failure(client)).hasMessageContaining("401: Bad credentials");
    assertThat(failure(client))
        .hasMessageContaining("there is no other one yet")
        .hasMessageNotContaining("old");
    assertThat(forge.requests()).hasSize(1);

    token = "token";
    client.publish(Told.status(PublishState.SUCCESS));
    assertThat(forge.statuses(Told.SHA)).hasSize(1);
  }

  @Test
  void aTokenThatIsNoneIsNotSent() {
    for (String bad : List.of("", "a b", "a\r\nX-Other: b", "ä")) {
      ForgeClient client =
          ForgeClient.builder(Forge.GITHUB, forge.github(), "a/b", () -> Sensitive.of(bad)).build();
      assertThat(failure(client).category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
    }
    ForgeClient client =
        ForgeClient.builder(
                Forge.GITHUB,
                forge.github(),
                "a/b",
                () -> {
                  throw new IllegalStateException("secret");
                })
            .build();
    assertThat(failure(client))
        .hasMessage(
            "127.0.0.1: getting the token failed: unexpected java.lang.IllegalStateException");
    assertThat(forge.requests()).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway")
  void aSupplierThatGivesNoTokenIsNamed() {
    ForgeClient client =
        ForgeClient.builder(Forge.GITHUB, forge.github(), "a/b", () -> null).build();
    PublishException failure = failure(client);
    assertThat(failure.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
    assertThat(failure).hasMessage("127.0.0.1: getting the token failed: the supplier gave null");
    assertThat(forge.requests()).isEmpty();
  }

  @Test
  void privateAddressesAreRefusedWhenThatIsSet() {
    for (String address :
        List.of(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "::1",
            "fc00::1",
            "fe80::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1")) {
      ForgeClient client =
          Told.client(forge, Forge.GITHUB)
              .addresses(
                  host -> new InetAddress[] {InetAddress.getByName("192.0.2.1"), literal(address)})
              .build();
      assertThat(failure(client)).as(address).hasMessageContaining("which is no public address");
    }
    assertThat(forge.requests()).isEmpty();
    Told.client(forge, Forge.GITHUB)
        .addresses(host -> new InetAddress[] {literal("192.0.2.1")})
        .build()
        .publish(Told.status(PublishState.SUCCESS));
    assertThat(forge.requests()).hasSize(1);
    assertThat(failure(Told.client(forge, Forge.GITHUB).publicAddressesOnly().build()))
        .hasMessageContaining("127.0.0.1: it leads to 127.0.0.1");
  }

  private static InetAddress literal(String address) throws UnknownHostException {
    return InetAddress.getByName(address);
  }

  @Test
  void aNameThatIsUnknownOrLeadsElsewhereInTheMeantimeIsNotAsked() {
    ForgeClient client =
        Told.client(forge, Forge.GITHUB)
            .addresses(
                host -> {
                  if (leads.isEmpty()) {
                    throw new UnknownHostException(host);
                  }
                  return new InetAddress[] {literal(leads)};
                })
            .build();
    client.publish(Told.status(PublishState.RUNNING));
    leads = "127.0.0.1";
    assertThat(failure(client).category()).isEqualTo(FailureCategory.FORBIDDEN);
    leads = "";
    assertThat(failure(client).category()).isEqualTo(FailureCategory.UNAVAILABLE);
    assertThat(forge.requests()).hasSize(1);
  }
}
