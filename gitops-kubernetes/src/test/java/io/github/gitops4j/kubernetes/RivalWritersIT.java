package io.github.gitops4j.kubernetes;

import static io.github.gitops4j.kubernetes.FaultScene.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.testkit.kubernetes.ApiCall;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ApiFault.BrokenAnswer;
import io.github.gitops4j.testkit.kubernetes.ApiFault.End;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What others do to an object after it was looked at and before our write of it arrives. */
@ExtendWith(ControlPlaneExtension.class)
class RivalWritersIT {
  private static final String OBJECT = "configmaps/a";

  private final ControlPlane plane;
  private final FaultScene scene;

  RivalWritersIT(ControlPlane plane) {
    this.plane = plane;
    this.scene = new FaultScene(plane);
  }

  @BeforeEach
  void apply() {
    scene.declare(configMap("kept", "v"), configMap("a", "old"));
    scene.converge();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void anUpdateOverwritesNothingThatWasWrittenMeanwhile() {
    declareUpdate();

    assertStale(passWhile(() -> edit("{\"data\": {\"k\": \"theirs\"}}")));

    assertThat(body()).contains("\"k\":\"theirs\"");
    scene.converge();
    assertThat(body()).contains("\"k\":\"new\"");
  }

  @Test
  void anUpdateGoesOnWhereWhatWasWrittenIsNotOurs() {
    scene.declare(policy("old"));
    scene.converge();
    scene.declare(policy("new"));
    String path = scene.namespace().path("networking.k8s.io/v1", "networkpolicies/rule");
    String label = "{\"metadata\": {\"labels\": {\"theirs\": \"here\"}}}";

    ReconcileReport report =
        passWhile(
            "networkpolicies/rule",
            () -> assertThat(plane.client().merge(path, label).isSuccess()).isTrue());

    assertThat(report.converged()).as("%s", report.failures()).isTrue();
    assertThat(plane.client().get(path).body()).contains("\"new\"", "\"theirs\":\"here\"");
  }

  private static String policy(String app) {
    return """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: rule}
        spec: {podSelector: {matchLabels: {app: %s}}}
        """
        .formatted(app);
  }

  @Test
  void anUpdateBringsNothingBackThatWasDeletedMeanwhile() {
    declareUpdate();

    assertStale(passWhile(this::remove));

    assertThat(scene.live(OBJECT).status()).isEqualTo(404);
    scene.converge();
    assertThat(body()).contains("\"k\":\"new\"");
  }

  @Test
  void whatAnUpdateHasMadeOfWhatWasDeletedIsTakenBack() {
    declareUpdate();
    scene.proxy().forgetCalls();

    assertStale(passWhile(this::remove));

    assertThat(scene.proxy().count(RivalWritersIT::isRemoval)).isEqualTo(1);
    assertThat(scene.live(OBJECT).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @MethodSource("faultsOfARemoval")
  void whatCannotBeTakenBackIsSaidAndIsOursAfterThat(ApiFault fault, FailureCategory category) {
    declareUpdate();
    scene.proxy().faults().always(RivalWritersIT::isRemoval, fault);

    assertThat(passWhile(this::remove).failures())
        .singleElement()
        .satisfies(failed -> assertThat(failed.failure().category()).isEqualTo(category));

    scene.proxy().faults().clear();
    scene.converge();
    assertThat(body()).contains("\"k\":\"new\"");
    scene.declare(configMap("kept", "v"));
    scene.converge();
    assertThat(scene.live(OBJECT).status()).isEqualTo(404);
  }

  static Stream<Arguments> faultsOfARemoval() {
    return Stream.of(
        Arguments.of(ApiFault.status(403), FailureCategory.FORBIDDEN),
        Arguments.of(ApiFault.status(500), FailureCategory.UNAVAILABLE),
        Arguments.of(new ApiFault.LostRequest(), FailureCategory.UNAVAILABLE),
        Arguments.of(new BrokenAnswer(0, End.RESET), FailureCategory.UNAVAILABLE));
  }

  @Test
  void whatSomebodyHasWrittenIntoItMeanwhileIsNotTakenBack() {
    declareUpdate();
    scene
        .proxy()
        .faults()
        .next(
            RivalWritersIT::isRemoval,
            new ApiFault.Before(() -> edit("{\"data\": {\"theirs\": \"here\"}}")));

    assertThat(passWhile(this::remove).failures())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.failure().category()).isEqualTo(FailureCategory.CONFLICT);
              assertThat(failed.failure().message())
                  .contains("it was removed meanwhile; deleting what the update made failed");
            });

    scene.converge();
    assertThat(body()).contains("\"k\":\"new\"", "\"theirs\":\"here\"");
  }

  private static boolean isRemoval(ApiCall call) {
    return call.method().equals("DELETE") && call.path().endsWith(OBJECT);
  }

  @Test
  void anUpdateDoesNotTouchWhatWasMadeInItsPlaceMeanwhile() {
    declareUpdate();

    assertStale(passWhile(this::makeAnother));

    assertThat(body()).contains("\"k\":\"another\"").doesNotContain("gitops4j:");
  }

  @Test
  void aRemovalTakesNothingThatWasWrittenMeanwhile() {
    declareRemoval();

    assertStale(passWhile(() -> edit("{\"data\": {\"k\": \"theirs\"}}")));

    assertThat(body()).contains("\"k\":\"theirs\"");
    scene.converge();
    assertThat(scene.live(OBJECT).status()).isEqualTo(404);
  }

  /** What others write into an object that counts generations is no part of its digest. */
  @Test
  void aRemovalTakesNothingThatSomebodyAskedToKeepMeanwhile() {
    scene.declare(policy("old"), configMap("kept", "v"));
    scene.converge();
    declareRemoval();
    String path = scene.namespace().path("networking.k8s.io/v1", "networkpolicies/rule");
    String keep = "{\"metadata\": {\"annotations\": {\"helm.sh/resource-policy\": \"keep\"}}}";

    assertStale(
        passWhile(
            "networkpolicies/rule",
            () -> assertThat(plane.client().merge(path, keep).isSuccess()).isTrue()));

    assertThat(scene.pass().plan().orElseThrow().holds()).hasSize(1);
    assertThat(plane.client().get(path).status()).isEqualTo(200);
  }

  @Test
  void aRemovalOfWhatIsGoneAlreadyIsDone() {
    declareRemoval();

    assertThat(passWhile(this::remove).failures()).isEmpty();

    scene.converge();
    assertThat(scene.inventory().read(FaultScene.CALL).size()).isEqualTo(1);
  }

  @Test
  void aRemovalNeverTakesWhatWasMadeInItsPlace() {
    declareRemoval();

    assertStale(passWhile(this::makeAnother));

    ReconcileReport next = scene.pass();
    assertThat(next.effects()).containsOnlyKeys(Effect.RELEASED);
    assertThat(body()).contains("\"k\":\"another\"");
    scene.converge();
    assertThat(body()).contains("\"k\":\"another\"");
  }

  private void declareUpdate() {
    scene.declare(configMap("kept", "v"), configMap("a", "new"));
  }

  private void declareRemoval() {
    scene.declare(configMap("kept", "v"));
  }

  private ReconcileReport passWhile(Runnable others) {
    return passWhile(OBJECT, others);
  }

  private ReconcileReport passWhile(String object, Runnable others) {
    scene
        .proxy()
        .faults()
        .next(call -> call.isWrite() && call.path().endsWith(object), new ApiFault.Before(others));
    ReconcileReport report = scene.pass();
    assertThat(scene.proxy().faults().pending()).isZero();
    return report;
  }

  private static void assertStale(ReconcileReport report) {
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failed -> assertThat(failed.failure().category()).isEqualTo(FailureCategory.STALE));
  }

  private String body() {
    return scene.live(OBJECT).body();
  }

  private void edit(String patch) {
    assertThat(plane.client().merge(path(), patch).isSuccess()).isTrue();
  }

  private void remove() {
    assertThat(plane.client().delete(path()).isSuccess()).isTrue();
  }

  private void makeAnother() {
    remove();
    assertThat(plane.client().apply(path(), "them", configMap("a", "another")).isSuccess())
        .isTrue();
  }

  private String path() {
    return scene.namespace().core(OBJECT);
  }
}
