package io.github.gitops4j.kubernetes;

import static io.github.gitops4j.kubernetes.FaultScene.assertDone;
import static io.github.gitops4j.kubernetes.FaultScene.configMap;
import static io.github.gitops4j.kubernetes.FaultScene.secret;
import static io.github.gitops4j.kubernetes.FaultScene.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.testkit.kubernetes.ApiCall;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ApiFault.BrokenAnswer;
import io.github.gitops4j.testkit.kubernetes.ApiFault.End;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.ServerCertificate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An API server that refuses, breaks off, or cannot be trusted. */
@ExtendWith(ControlPlaneExtension.class)
class ServerFaultsIT {
  /** More than a page of a list. */
  private static final int MANY = 501;

  private final ControlPlane plane;
  private final FaultScene scene;

  ServerFaultsIT(ControlPlane plane) {
    this.plane = plane;
    this.scene = new FaultScene(plane);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  static Stream<ApiFault> faultsOfAList() {
    return Stream.of(
        ApiFault.status(500),
        ApiFault.status(503),
        ApiFault.status(403),
        ApiFault.gone(),
        retryLater(),
        new ApiFault.LostRequest(),
        new BrokenAnswer(0, End.RESET),
        new BrokenAnswer(100, End.RESET),
        new BrokenAnswer(100, End.CLOSE));
  }

  @ParameterizedTest
  @MethodSource("faultsOfAList")
  void aKindThatCannotBeListedIsHeldAndTheOthersGoOn(ApiFault fault) {
    scene.declare(
        configMap("a", "old"), configMap("b", "old"), secret("s", "old"), secret("t", "old"));
    scene.converge();
    scene.declare(
        configMap("a", "new"), configMap("c", "new"), secret("s", "new"), secret("u", "new"));
    scene.restart();
    scene.proxy().faults().always(ServerFaultsIT::isListOfConfigMaps, fault);

    ReconcileReport report = scene.pass();

    assertDone(report);
    assertThat(undecided(report))
        .extracting(key -> key.name())
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(report.effects())
        .containsOnlyKeys(Effect.CREATED, Effect.UPDATED, Effect.PRUNED)
        .allSatisfy((effect, count) -> assertThat(count).isEqualTo(1));
    assertThat(scene.live("configmaps/b").status()).isEqualTo(200);
    assertThat(scene.live("secrets/t").status()).isEqualTo(404);

    scene.proxy().faults().clear();
    scene.converge();
    assertThat(scene.live("configmaps/a").body()).contains("\"k\":\"new\"");
    assertThat(scene.live("configmaps/b").status()).isEqualTo(404);
    assertThat(scene.live("configmaps/c").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("faultsOfAList")
  void aListThatFailsOnceIsMadeAgainUnlessItIsForbidden(ApiFault fault) {
    scene.declare(configMap("a", "old"));
    scene.converge();
    scene.restart();
    scene.proxy().faults().next(ServerFaultsIT::isListOfConfigMaps, fault);

    assertThat(undecided(scene.pass())).hasSize(fault.equals(ApiFault.status(403)) ? 1 : 0);
  }

  @Test
  void aPageThatIsTooOldBeginsTheListAnew() {
    declareMany();
    scene.proxy().faults().next(ApiCall::isLaterPage, ApiFault.gone());

    assertThat(scene.plan().isEmpty()).isTrue();

    assertThat(scene.proxy().count(ApiCall::isLaterPage)).isEqualTo(2);
  }

  @Test
  void aListWhosePagesAreAlwaysTooOldIsHeld() {
    declareMany();
    scene.proxy().faults().always(ApiCall::isLaterPage, ApiFault.gone());
    scene.declare(configMap("c0", "v"));

    ReconcileReport report = scene.pass();

    assertThat(undecided(report)).hasSize(MANY);
    assertThat(report.outcomes()).isEmpty();
  }

  private void declareMany() {
    scene.declare(
        IntStream.range(0, MANY).mapToObj(i -> configMap("c" + i, "v")).toArray(String[]::new));
    scene.converge();
    scene.restart();
    scene.proxy().forgetCalls();
  }

  @Test
  void aServerWithAWrongCertificateIsSaidOnceAndToldNothing() {
    scene.declare(configMap("a", "v"), secret("s", "v"));
    Config before = scene.config();
    scene.proxy().show(ServerCertificate.expired());
    assertUntrusted(scene.config());
    scene.proxy().show(ServerCertificate.forOtherHost());
    assertUntrusted(scene.config());
    assertUntrusted(before);
    assertThat(scene.proxy().calls()).isEmpty();
  }

  private void assertUntrusted(Config config) {
    scene.restart(config);

    assertThat(failure(scene.pass()).message())
        .contains(scene.proxy().url() + ": ", "the certificate of the server is not accepted: ");
  }

  private static Failure failure(ReconcileReport report) {
    assertThat(report.result()).isInstanceOf(PassResult.Failed.class);
    return ((PassResult.Failed) report.result()).failure();
  }

  @Test
  void aTokenThatExpiresWhileWritingFailsWhatIsLeftAndTheNextConverges() {
    AtomicReference<String> token = new AtomicReference<>(plane.token(User.ADMIN));
    scene.restart(withTokens(token));
    scene.declare(configMap("a", "v"), secret("s", "v"));
    scene.proxy().faults().always(ApiCall::isWrite, ApiFault.unauthorized());

    ReconcileReport report = scene.pass();

    assertThat(report.failures())
        .hasSize(2)
        .allSatisfy(
            failed ->
                assertThat(failed.failure().category()).isEqualTo(FailureCategory.UNAUTHENTICATED));
    scene.proxy().faults().clear();
    scene.converge();
    assertThat(scene.live("secrets/s").status()).isEqualTo(200);
  }

  @Test
  void aWriteThatIsToldToComeLaterIsMadeAgainAndDoneOnce() {
    scene.declare(configMap("a", "v"), secret("s", "v"));
    scene.proxy().faults().next(ServerFaultsIT::isWriteOfA, retryLater());

    ReconcileReport report = scene.pass();

    assertThat(report.effects()).isEqualTo(Map.of(Effect.CREATED, 2));
    assertThat(scene.proxy().count(ServerFaultsIT::isWriteOfA)).isEqualTo(2);
  }

  static Stream<ApiFault> unknownResults() {
    return Stream.of(
        new ApiFault.LostRequest(),
        new BrokenAnswer(0, End.RESET),
        new BrokenAnswer(30, End.RESET),
        new BrokenAnswer(30, End.CLOSE),
        ApiFault.status(500),
        ApiFault.status(504),
        ApiFault.retryLater(503, Duration.ZERO));
  }

  @ParameterizedTest
  @MethodSource("unknownResults")
  void aWriteWhoseResultIsNotKnownFailsAloneAndIsLookedAtInTheNextPass(ApiFault fault) {
    scene.declare(configMap("a", "v"), secret("s", "v"));
    scene.proxy().faults().next(ServerFaultsIT::isWriteOfA, fault);

    ReconcileReport report = scene.pass();

    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failed ->
                assertThat(failed.failure().category()).isEqualTo(FailureCategory.UNAVAILABLE));
    assertThat(report.effects()).containsEntry(Effect.CREATED, 1);
    assertThat(scene.proxy().count(ServerFaultsIT::isWriteOfA)).isEqualTo(1);
    scene.converge();
    assertThat(scene.live("configmaps/a").status()).isEqualTo(200);
    scene.declare(secret("s", "v"));
    scene.converge();
    assertThat(scene.live("configmaps/a").status()).isEqualTo(404);
  }

  private static ApiFault retryLater() {
    return ApiFault.retryLater(429, Duration.ZERO);
  }

  private static boolean isWriteOfA(ApiCall call) {
    return call.isWrite() && call.path().endsWith("/configmaps/a");
  }

  @Test
  void aTokenThatHasExpiredEndsThePassAndTheNewOneIsTaken() {
    AtomicReference<String> token = new AtomicReference<>("expired");
    scene.restart(withTokens(token));
    scene.declare(configMap("a", "v"));

    Failure failure = failure(scene.pass());
    assertThat(failure.category()).as(failure.message()).isEqualTo(FailureCategory.UNAUTHENTICATED);

    token.set(plane.token(User.ADMIN));
    scene.converge();
    assertThat(scene.live("configmaps/a").status()).isEqualTo(200);
  }

  @Test
  void aTokenThatExpiresWhileLookingEndsThePassAndNothingIsWritten() {
    scene.declare(configMap("a", "v"), secret("s", "v"));
    scene.converge();
    scene.declare(configMap("b", "v"));
    scene.restart();
    scene
        .proxy()
        .faults()
        .always(call -> call.path().contains("/namespaces/"), ApiFault.unauthorized());
    scene.proxy().forgetCalls();

    Failure failure = failure(scene.pass());
    assertThat(failure.category()).as(failure.message()).isEqualTo(FailureCategory.UNAUTHENTICATED);

    assertThat(scene.proxy().count(ApiCall::isWrite)).isZero();
    scene.proxy().faults().clear();
    scene.converge();
  }

  private Config withTokens(AtomicReference<String> token) {
    return new ConfigBuilder(scene.config())
        .withOauthToken(null)
        .withOauthTokenProvider(token::get)
        .build();
  }

  private static boolean isListOfConfigMaps(ApiCall call) {
    return call.path().endsWith("/configmaps") && !call.isWatch();
  }
}
