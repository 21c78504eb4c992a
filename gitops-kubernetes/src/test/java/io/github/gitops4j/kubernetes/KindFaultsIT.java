package io.github.gitops4j.kubernetes;

import static io.github.gitops4j.kubernetes.FaultScene.CALL;
import static io.github.gitops4j.kubernetes.FaultScene.configMap;
import static io.github.gitops4j.kubernetes.FaultScene.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.testkit.kubernetes.AggregatedApi;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kinds that come, change and go without us. */
@ExtendWith(ControlPlaneExtension.class)
class KindFaultsIT {
  private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"]+)\"");
  private static final String OLD = FishKind.version("v1", true, true);
  private static final String BOTH =
      FishKind.version("v1", true, false) + FishKind.version("v2", true, true);
  private static final String NEW =
      FishKind.version("v1", false, false) + FishKind.version("v2", true, true);
  private static final String SAME = "{strategy: None}";

  /** Nobody listens there. */
  private static final String DOWN =
      "{strategy: Webhook, webhook: {conversionReviewVersions: [v1],"
          + " clientConfig: {url: \"https://127.0.0.1:1/convert\"}}}";

  private final ControlPlane plane;
  private final FaultScene scene;
  private final String group;

  KindFaultsIT(ControlPlane plane) {
    this.plane = plane;
    this.scene = new FaultScene(plane);
    this.group = scene.namespace().name() + ".example.com";
  }

  @BeforeEach
  void defineAndApply() {
    define(OLD, SAME);
    scene.declare(configMap("a", "old"), fish("v1", 1));
    scene.converge();
  }

  @AfterEach
  void close() {
    plane.client().delete(kind().definitionPath());
    scene.close();
  }

  @Test
  void anObjectWhoseDefinitionIsGoneWaitsForItAndTheOthersGoOn() {
    plane.client().delete(kind().definitionPath());
    await(404);
    scene.declare(configMap("a", "new"), fish("v1", 1));
    scene.restart();

    ReconcileReport report = scene.pass();

    assertThat(report.converged()).isFalse();
    assertThat(scene.live("configmaps/a").body()).contains("\"k\":\"new\"");
    assertThat(scene.inventory().read(CALL).size()).isEqualTo(2);
    define(OLD, SAME);
    scene.converge();
    assertThat(fishNow("v1").status()).isEqualTo(200);
  }

  @Test
  void whatWentWithItsDefinitionIsForgottenWhenItIsNoLongerDeclared() {
    plane.client().delete(kind().definitionPath());
    await(404);
    scene.declare(configMap("a", "old"));
    scene.restart();

    scene.converge();

    assertThat(scene.inventory().read(CALL).size()).isEqualTo(1);
  }

  @Test
  void aNewVersionOfItsKindIsNoOtherObject() {
    String before = uid();
    define(BOTH, SAME);
    await("v2");
    scene.restart();
    assertThat(scene.plan().isEmpty()).isTrue();

    scene.declare(configMap("a", "old"), fish("v2", 2));
    scene.converge();

    assertThat(fishNow("v1").body()).contains("\"size\":2");
    assertThat(uid()).isEqualTo(before);
  }

  @Test
  void aVersionThatIsServedNoLongerIsSaidAndTheObjectStays() {
    define(BOTH, SAME);
    await("v2");
    define(NEW, SAME);
    await(404);
    scene.declare(configMap("a", "new"), fish("v1", 3));
    scene.restart();

    ReconcileReport report = scene.pass();

    assertThat(undecided(report)).singleElement().extracting(key -> key.kind()).isEqualTo("Fish");
    assertThat(report.plan().orElseThrow().holds().get(0).message())
        .contains("version v1 of its kind is not served");
    assertThat(scene.live("configmaps/a").body()).contains("\"k\":\"new\"");
    assertThat(fishNow("v2").body()).contains("\"size\":1");
    scene.declare(configMap("a", "new"), fish("v2", 3));
    scene.converge();
  }

  @Test
  void aKindThatCannotBeConvertedIsHeldAndTheOthersGoOn() {
    define(BOTH, DOWN);
    awaitAnswer("v2", 500);
    scene.declare(configMap("a", "new"));
    scene.restart();

    ReconcileReport report = scene.pass();

    assertThat(undecided(report)).singleElement().extracting(key -> key.kind()).isEqualTo("Fish");
    assertThat(report.plan().orElseThrow().holds().get(0).message()).contains("conversion");
    assertThat(scene.live("configmaps/a").body()).contains("\"k\":\"new\"");
    define(BOTH, SAME);
    await("v2");
    scene.converge();
    assertThat(fishNow("v2").status()).isEqualTo(404);
  }

  @Test
  void whatAnApiThatIsAwayMayHoldIsNotPruned() {
    String things = "things." + group;
    ResourceKey owned = ResourceKey.of(things, "Thing", scene.namespace().name(), "t");
    try (AggregatedApi api = AggregatedApi.start(plane, things)) {
      ContentDigest any = ContentDigest.of("t");
      scene
          .inventory()
          .commit(
              scene.inventory().read(CALL).sequence(),
              List.of(
                  new InventoryChange.Put(
                      InventoryRecord.applied(
                          owned, new Applied(any, any, "uid"), ResourceTraits.builder().build()))),
              CALL);
      api.stop();
      scene.declare(configMap("a", "new"));
      scene.restart();

      ReconcileReport report = scene.pass();

      assertThat(undecided(report)).containsExactly(owned);
      assertThat(scene.inventory().read(CALL).get(owned)).isPresent();
      assertThat(scene.live("configmaps/a").body()).contains("\"k\":\"new\"");
      assertThat(fishNow("v1").status()).isEqualTo(404);
    }
  }

  private void define(String versions, String conversion) {
    PlaneAnswer answer =
        plane
            .client()
            .apply(
                kind().definitionPath() + "?force=true",
                "them",
                kind().definition(versions, conversion));
    assertThat(answer.isSuccess()).as(answer.body()).isTrue();
  }

  private FishKind kind() {
    return new FishKind(group);
  }

  private String fish(String version, int size) {
    return "apiVersion: %s/%s\nkind: Fish\nmetadata: {name: carp}\nspec: {size: %d}\n"
        .formatted(group, version, size);
  }

  private PlaneAnswer fishNow(String version) {
    return plane.client().get(scene.namespace().path(group + "/" + version, "fishes/carp"));
  }

  private String uid() {
    Matcher matcher = UID.matcher(fishNow("v1").body());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private void await(int statusOfFirstVersion) {
    awaitAnswer("v1", statusOfFirstVersion);
  }

  /** The API server learns of a new version a little after it has taken the definition. */
  private void await(String version) {
    awaitAnswer(version, 200);
  }

  private void awaitAnswer(String version, int status) {
    PlaneAnswer answer = fishNow(version);
    for (int tries = 0; answer.status() != status; tries++) {
      assertThat(tries).as("%s", answer).isLessThan(10_000);
      answer = fishNow(version);
    }
  }
}
