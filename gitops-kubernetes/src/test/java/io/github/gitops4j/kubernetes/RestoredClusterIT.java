package io.github.gitops4j.kubernetes;

import static io.github.gitops4j.kubernetes.FaultScene.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster that is all at once another one than the inventory says. */
@ExtendWith(ControlPlaneExtension.class)
class RestoredClusterIT {
  private static final int OBJECTS = 25;
  private static final Pattern SERVERS =
      Pattern.compile("\"(uid|resourceVersion|creationTimestamp)\":\"[^\"]*\",?");
  private static final Pattern MANAGERS = Pattern.compile("\"managedFields\":\\[\\{.*\\}\\]");

  private final ControlPlane plane;
  private final FaultScene scene;

  RestoredClusterIT(ControlPlane plane) {
    this.plane = plane;
    this.scene = new FaultScene(plane);
  }

  @BeforeEach
  void apply() {
    declare(OBJECTS);
    scene.converge();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void anEmptyClusterIsFilledAndNothingPruned() {
    deleteAll();
    scene.restart();

    ReconcileReport report = scene.pass();

    assertThat(report.effects()).isEqualTo(Map.of(Effect.CREATED, OBJECTS));
    assertThat(report.converged()).isTrue();
  }

  @Test
  void whatABackupBroughtBackIsOursAgainAndOnlyRecorded() {
    restoreAll();
    scene.restart();

    ReconcileReport report = scene.pass();

    assertThat(report.effects()).isEqualTo(Map.of(Effect.ADOPTED, OBJECTS));
    assertThat(report.converged()).isTrue();
  }

  @Test
  void muchThatABackupBroughtBackIsNotPrunedUnasked() {
    restoreAll().forEach(this::mark);
    declare(1);
    scene.restart();

    assertThat(scene.pass().result()).isInstanceOf(PassResult.Refused.class);
    assertAllAreThere();
  }

  @Test
  void whatABackupBroughtBackWithoutOurMarkIsNotPruned() {
    restoreAll();
    declare(1);
    scene.restart();

    assertThat(scene.pass().effects()).containsEntry(Effect.RELEASED, OBJECTS - 1);
    assertAllAreThere();
  }

  private void declare(int count) {
    scene.declare(
        IntStream.range(0, count).mapToObj(i -> configMap("c" + i, "v")).toArray(String[]::new));
  }

  private void deleteAll() {
    for (int i = 0; i < OBJECTS; i++) {
      assertThat(plane.client().delete(path(i)).isSuccess()).isTrue();
    }
  }

  /** Deletes all objects and makes them again; gives them as they were before. */
  private Map<String, String> restoreAll() {
    Map<String, String> backup = new LinkedHashMap<>();
    for (int i = 0; i < OBJECTS; i++) {
      backup.put(path(i), plane.client().get(path(i)).body());
    }
    deleteAll();
    String collection = scene.namespace().core("configmaps");
    for (String before : backup.values()) {
      String body = SERVERS.matcher(before).replaceAll("");
      assertThat(plane.client().post(collection, body).isSuccess()).isTrue();
    }
    return backup;
  }

  /** Restores who owns which field, as some tools do. */
  private void mark(String path, String before) {
    Matcher managers = MANAGERS.matcher(before);
    assertThat(managers.find()).isTrue();
    String patch = "{\"metadata\": {" + managers.group() + "}}";
    assertThat(plane.client().merge(path, patch).isSuccess()).isTrue();
  }

  private void assertAllAreThere() {
    for (int i = 0; i < OBJECTS; i++) {
      assertThat(scene.live("configmaps/c" + i).status()).isEqualTo(200);
    }
  }

  private String path(int number) {
    return scene.namespace().core("configmaps/c" + number);
  }
}
